internal import OverlayCommands
internal import ToolSupport

Tool.main(OverlayVendorCommand.self)
