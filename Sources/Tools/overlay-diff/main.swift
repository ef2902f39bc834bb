internal import OverlayCommands
internal import ToolSupport

Tool.main(OverlayDiffCommand.self)
