internal import ManifestCommands
internal import ToolSupport

Tool.main(ManifestSplitCommand.self)
