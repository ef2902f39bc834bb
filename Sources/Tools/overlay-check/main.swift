internal import OverlayCommands
internal import ToolSupport

Tool.main(OverlayCheckCommand.self)
