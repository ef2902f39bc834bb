internal import InfraCommands
internal import ToolSupport

Tool.main(InfraValidateCommand.self)
