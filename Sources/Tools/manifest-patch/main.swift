internal import ManifestCommands
internal import ToolSupport

Tool.main(ManifestPatchCommand.self)
