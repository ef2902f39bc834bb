internal import ManifestCommands
internal import ToolSupport

Tool.main(ManifestDiffCommand.self)
