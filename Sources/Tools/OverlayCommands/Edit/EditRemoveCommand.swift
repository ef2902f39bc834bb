internal import ArgumentParser
internal import OverlayKit
internal import SourceText

/// `overlay-edit remove`: removes entries from lists.
struct EditRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove entries from a kustomization.",
    subcommands: [
      Resource.self, Component.self, Generator.self, Transformer.self, Label.self,
      Annotation.self, BuildMetadata.self, Patch.self, ConfigMap.self, Secret.self,
    ])

  struct Resource: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remove from 'resources'.")

    @OptionGroup var paths: PathArguments
    @OptionGroup var options: EditOptions

    func run() throws { try paths.remove(.resource, options) }
  }

  struct Component: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remove from 'components'.")

    @OptionGroup var paths: PathArguments
    @OptionGroup var options: EditOptions

    func run() throws { try paths.remove(.component, options) }
  }

  struct Generator: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remove from 'generators'.")

    @OptionGroup var paths: PathArguments
    @OptionGroup var options: EditOptions

    func run() throws { try paths.remove(.generator, options) }
  }

  struct Transformer: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remove from 'transformers'.")

    @OptionGroup var paths: PathArguments
    @OptionGroup var options: EditOptions

    func run() throws { try paths.remove(.transformer, options) }
  }

  struct Label: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remove from 'commonLabels'.")

    @OptionGroup var keys: KeyArguments
    @OptionGroup var options: EditOptions

    func run() throws { try keys.remove(.label, options) }
  }

  struct Annotation: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remove from 'commonAnnotations'.")

    @OptionGroup var keys: KeyArguments
    @OptionGroup var options: EditOptions

    func run() throws { try keys.remove(.annotation, options) }
  }

  struct BuildMetadata: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "buildmetadata", abstract: "Remove from 'buildMetadata'.")

    @Argument(help: "Options between commas.") var values: [String]
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        try editor.removeBuildMetadata(values.words)
      }
    }
  }

  struct Patch: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove from 'patches' the entry that is the same in all parts.")

    @OptionGroup var patch: PatchArguments
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in try editor.remove(patch.entry) }
    }
  }

  struct ConfigMap: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "configmap", abstract: "Remove generated ConfigMaps.")

    @OptionGroup var names: NameArguments
    @OptionGroup var options: EditOptions

    func run() throws { try names.remove(.configMap, options) }
  }

  struct Secret: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remove generated Secrets.")

    @OptionGroup var names: NameArguments
    @OptionGroup var options: EditOptions

    func run() throws { try names.remove(.secret, options) }
  }
}

/// Keys of labels or annotations.
struct KeyArguments: ParsableArguments {
  @Argument(help: "Keys, between commas.") var keys: [String]
  @Flag(name: [.short, .long], help: "Keys that are not there are no error.")
  var ignoreNonExistence = false

  func remove(_ mark: KustomizationEditor.Mark, _ options: EditOptions) throws {
    try options.edit { editor throws(DiagnosticError) in
      try editor.remove(mark, keys.words, ignoringMissing: ignoreNonExistence)
    }
  }
}

/// Names of generated objects.
struct NameArguments: ParsableArguments {
  @Argument(help: "Names, between commas.") var names: [String]
  @Option(help: "Their namespace.") var namespace = ""

  func remove(_ kind: KustomizationEditor.Generator.Kind, _ options: EditOptions) throws {
    try options.edit { editor throws(DiagnosticError) in
      try editor.remove(kind, names.words, namespace: namespace)
    }
  }
}
