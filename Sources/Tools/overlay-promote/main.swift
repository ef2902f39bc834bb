internal import OverlayCommands
internal import ToolSupport

Tool.main(OverlayPromoteCommand.self)
