internal import InfraCommands
internal import ToolSupport

Tool.main(InfraEvalCommand.self)
