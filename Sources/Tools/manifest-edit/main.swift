internal import ManifestCommands
internal import ToolSupport

Tool.main(ManifestEditCommand.self)
