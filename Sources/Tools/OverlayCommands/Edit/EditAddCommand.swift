internal import ArgumentParser
internal import OverlayKit
internal import SourceText

/// `overlay-edit add`: adds entries to lists.
struct EditAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add entries to a kustomization.",
    subcommands: [
      Resource.self, Component.self, Generator.self, Transformer.self, Base.self, Label.self,
      Annotation.self, BuildMetadata.self, Patch.self, ConfigMap.self, Secret.self,
    ])

  struct Resource: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add to 'resources'.")

    @OptionGroup var paths: PathArguments
    @Flag(help: "Do not look whether the files are there.") var noVerify = false
    @OptionGroup var options: EditOptions

    func run() throws { try paths.add(.resource, options, isVerified: !noVerify) }
  }

  struct Component: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add to 'components'.")

    @OptionGroup var paths: PathArguments
    @OptionGroup var options: EditOptions

    func run() throws { try paths.add(.component, options) }
  }

  struct Generator: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add to 'generators'.")

    @OptionGroup var paths: PathArguments
    @OptionGroup var options: EditOptions

    func run() throws { try paths.add(.generator, options) }
  }

  struct Transformer: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add to 'transformers'.")

    @OptionGroup var paths: PathArguments
    @OptionGroup var options: EditOptions

    func run() throws { try paths.add(.transformer, options) }
  }

  struct Base: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add folders of kustomizations to 'resources'.")

    @Argument(help: "Folders, between commas.") var folders: [String]
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        try editor.add(.base, folders.words, in: try options.absoluteFolder())
      }
    }
  }

  struct Label: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add labels.")

    @Argument(help: "KEY:VALUE.") var labels: [String]
    @Flag(name: .shortAndLong, help: "Overwrite labels that are there.") var force = false
    @Flag(help: "Add to 'labels', which leaves selectors alone.") var withoutSelector = false
    @Flag(help: "With --without-selector: label the templates of pods as well.")
    var includeTemplates = false
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        guard withoutSelector else {
          return try editor.add(.label, labels, overwriting: force)
        }
        try editor.addLabels(
          withoutSelector: labels, includesTemplates: includeTemplates, overwriting: force)
      }
    }
  }

  struct Annotation: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add annotations.")

    @Argument(help: "KEY:VALUE.") var annotations: [String]
    @Flag(name: .shortAndLong, help: "Overwrite annotations that are there.") var force = false
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        try editor.add(.annotation, annotations, overwriting: force)
      }
    }
  }

  struct BuildMetadata: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "buildmetadata", abstract: "Add to 'buildMetadata'.")

    @Argument(help: "Options between commas.") var values: [String]
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in
        try editor.addBuildMetadata(values.words)
      }
    }
  }

  struct Patch: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add to 'patches'.")

    @OptionGroup var patch: PatchArguments
    @OptionGroup var options: EditOptions

    func run() throws {
      try options.edit { editor throws(DiagnosticError) in try editor.add(patch.entry) }
    }
  }

  struct ConfigMap: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "configmap", abstract: "Add a generated ConfigMap, or to one.")

    @OptionGroup var sources: GeneratorArguments
    @OptionGroup var options: EditOptions

    func run() throws { try sources.add(.configMap, type: "", options) }
  }

  struct Secret: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a generated Secret, or to one.")

    @OptionGroup var sources: GeneratorArguments
    @Option(help: "The type of the Secret.") var type = ""
    @OptionGroup var options: EditOptions

    func run() throws { try sources.add(.secret, type: type, options) }
  }
}
