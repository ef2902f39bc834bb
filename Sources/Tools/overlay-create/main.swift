internal import OverlayCommands
internal import ToolSupport

Tool.main(OverlayCreateCommand.self)
