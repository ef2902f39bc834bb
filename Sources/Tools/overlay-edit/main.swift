internal import OverlayCommands
internal import ToolSupport

Tool.main(OverlayEditCommand.self)
