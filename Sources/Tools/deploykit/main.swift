internal import ArgumentParser
internal import ImageCommands
internal import InfraCommands
internal import ManifestCommands
internal import OverlayCommands
internal import RegistryCommands
internal import ToolSupport

Tool.main(
  all: ManifestCommandSet.all + OverlayCommandSet.all + InfraCommandSet.all + ImageCommandSet.all
    + RegistryCommandSet.all)
