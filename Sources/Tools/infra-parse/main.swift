internal import InfraCommands
internal import ToolSupport

Tool.main(InfraParseCommand.self)
