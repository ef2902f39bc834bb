internal import ImageCommands
internal import ToolSupport

Tool.main(ImageSelectCommand.self)
