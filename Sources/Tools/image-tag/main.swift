internal import ImageCommands
internal import ToolSupport

Tool.main(ImageTagCommand.self)
