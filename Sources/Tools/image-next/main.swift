internal import ImageCommands
internal import ToolSupport

Tool.main(ImageNextCommand.self)
