internal import ArgumentParser
internal import OverlayKit
internal import SourceText

extension EditOptions {
  /// The kustomization's folder as an absolute path.
  func absoluteFolder() throws(DiagnosticError) -> String {
    do throws(FileError) {
      return try LocalFileSystem().resolve(folder)
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }
}

/// Paths to add to a list, or to remove from it.
struct PathArguments: ParsableArguments {
  @Argument(help: "Paths relative to the kustomization; * and ? stand for parts of names.")
  var paths: [String]

  func add(
    _ list: KustomizationEditor.PathList, _ options: EditOptions, isVerified: Bool = true
  ) throws {
    try options.edit { editor throws(DiagnosticError) in
      try editor.add(list, paths, in: try options.absoluteFolder(), isVerified: isVerified)
    }
  }

  func remove(_ list: KustomizationEditor.PathList, _ options: EditOptions) throws {
    try options.edit { editor throws(DiagnosticError) in try editor.remove(list, paths) }
  }
}

/// A patch and its target.
struct PatchArguments: ParsableArguments {
  @Option(help: "The patch's file.") var path = ""
  @Option(parsing: .unconditional, help: "The patch itself.") var patch = ""
  @Option(help: "The target's API group.") var group = ""
  @Option(help: "The target's API version.") var version = ""
  @Option(help: "The target's kind.") var kind = ""
  @Option(help: "The target's name.") var name = ""
  @Option(help: "The target's namespace.") var namespace = ""
  @Option(help: "The target's labels.") var labelSelector = ""
  @Option(help: "The target's annotations.") var annotationSelector = ""

  var entry: KustomizationEditor.PatchEntry {
    var entry = KustomizationEditor.PatchEntry()
    entry.path = path
    entry.text = patch
    entry.target = [
      .group: group, .version: version, .kind: kind, .name: name, .namespace: namespace,
      .labelSelector: labelSelector, .annotationSelector: annotationSelector,
    ]
    return entry
  }
}

/// A generated object and its sources.
struct GeneratorArguments: ParsableArguments {
  @Argument(help: "The object's name.") var name: String
  @Option(help: "An entry: KEY=VALUE.") var fromLiteral: [String] = []
  @Option(help: "A file: PATH or KEY=PATH.") var fromFile: [String] = []
  @Option(help: "A file with KEY=VALUE in each line.") var fromEnvFile: [String] = []
  @Option(help: "The object's namespace.") var namespace = ""
  @Option(help: "How it joins an object of this name: create, merge or replace.")
  var behavior = ""
  @Flag(name: .customLong("disableNameSuffixHash"), help: "Leave the hash out of the name.")
  var disableNameSuffixHash = false

  func add(
    _ kind: KustomizationEditor.Generator.Kind, type: String, _ options: EditOptions
  ) throws {
    try options.edit { editor throws(DiagnosticError) in
      var generator = KustomizationEditor.Generator(kind, name: name)
      generator.namespace = namespace
      generator.literals = fromLiteral
      generator.files = fromFile
      generator.environments = fromEnvFile
      generator.behavior = behavior
      generator.type = type
      generator.disablesNameSuffixHash = disableNameSuffixHash
      try editor.add(generator, in: try options.absoluteFolder())
    }
  }
}
