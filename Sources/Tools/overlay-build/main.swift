internal import OverlayCommands
internal import ToolSupport

Tool.main(OverlayBuildCommand.self)
