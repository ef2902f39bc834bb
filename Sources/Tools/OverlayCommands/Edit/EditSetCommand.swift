internal import ArgumentParser
internal import OverlayKit
internal import SourceText

/// `overlay-edit set`: gives fields a value.
struct EditSetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Set a field, replacing what is there.",
    subcommands: [
      Image.self, Namespace.self, NamePrefix.self, NameSuffix.self, Replicas.self, Label.self,
      Annotation.self, BuildMetadata.self, ConfigMap.self, Secret.self,
    ])

  struct Image: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Set an image's new name, tag or digest.",
      discussion: """
        What is not said is removed; '*' in its place keeps it.

        Example: overlay-edit set image api=registry.example.com/api:1.4.2 redis@sha256:24a0c4b4…
        """)

    @Argument(help: "NAME:TAG, NAME@DIGEST, NAME=NEW, NAME=NEW:TAG or NAME=NEW@DIGEST.")
    var images: [String]
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        for image in images { try editor.setImage(image) }
      }
    }
  }

  struct Namespace: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Set 'namespace'; '' removes it.")

    @Argument(help: "The namespace.") var value: String
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        try editor.set(.namespace, to: value)
      }
    }
  }

  struct NamePrefix: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "nameprefix", abstract: "Set 'namePrefix'; '' removes it.")

    @Argument(help: "The prefix.") var value: String
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        try editor.set(.namePrefix, to: value)
      }
    }
  }

  struct NameSuffix: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "namesuffix", abstract: "Set 'nameSuffix'; '' removes it.",
      discussion: "Example: overlay-edit set namesuffix -- -blue")

    @Argument(help: "The suffix; after '--' it may start with a dash.") var value: String
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        try editor.set(.nameSuffix, to: value)
      }
    }
  }

  struct Replicas: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Set the number of pods.")

    @Argument(help: "NAME=COUNT.") var replicas: [String]
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        for entry in replicas { try editor.setReplicas(entry) }
      }
    }
  }

  struct Label: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Set labels in 'commonLabels'.")

    @Argument(help: "KEY:VALUE.") var labels: [String]
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in try editor.set(.label, labels) }
    }
  }

  struct Annotation: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Set annotations in 'commonAnnotations'.")

    @Argument(help: "KEY:VALUE.") var annotations: [String]
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        try editor.set(.annotation, annotations)
      }
    }
  }

  struct BuildMetadata: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "buildmetadata", abstract: "Set 'buildMetadata'.")

    @Argument(help: "Options between commas.") var values: [String]
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        try editor.setBuildMetadata(values.words)
      }
    }
  }

  struct ConfigMap: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "configmap", abstract: "Change a generated ConfigMap.")

    @OptionGroup var change: GeneratorChange
    @OptionGroup var options: EditOptions

    func run() throws { try change.run(.configMap, options) }
  }

  struct Secret: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Change a generated Secret.")

    @OptionGroup var change: GeneratorChange
    @OptionGroup var options: EditOptions

    func run() throws { try change.run(.secret, options) }
  }
}

/// What can be changed in a generator.
struct GeneratorChange: ParsableArguments {
  @Argument(help: "The object's name.") var name: String
  @Option(help: "An entry's new value: KEY=VALUE.") var fromLiteral: [String] = []
  @Option(help: "The object's namespace.") var namespace = ""
  @Option(help: "A new namespace.") var newNamespace = ""

  func run(_ kind: KustomizationEditor.Generator.Kind, _ options: EditOptions) throws {
    try options.edit { editor throws(DiagnosticError) in
      var generator = KustomizationEditor.Generator(kind, name: name)
      generator.namespace = namespace
      generator.literals = fromLiteral
      try editor.set(generator, newNamespace: newNamespace)
    }
  }
}
