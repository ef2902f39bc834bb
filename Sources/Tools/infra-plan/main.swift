internal import InfraCommands
internal import ToolSupport

Tool.main(InfraPlanCommand.self)
