internal import ManifestCommands
internal import ToolSupport

Tool.main(ManifestValidateCommand.self)
