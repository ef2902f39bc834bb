internal import ManifestCommands
internal import ToolSupport

Tool.main(ManifestGetCommand.self)
