internal import ImageCommands
internal import ToolSupport

Tool.main(ImageUpdateCommand.self)
