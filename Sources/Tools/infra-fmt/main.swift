internal import InfraCommands
internal import ToolSupport

Tool.main(InfraFmtCommand.self)
