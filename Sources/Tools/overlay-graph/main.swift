internal import OverlayCommands
internal import ToolSupport

Tool.main(OverlayGraphCommand.self)
