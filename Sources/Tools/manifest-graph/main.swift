internal import ManifestCommands
internal import ToolSupport

Tool.main(ManifestGraphCommand.self)
