internal import ImageTags
internal import ManifestKit
public import SourceText

extension KustomizationEditor {
  /// A file that a conversion changes.
  public struct ChangedFile: Sendable {
    /// Where it is.
    public let path: String
    /// What it holds now.
    public let old: [UInt8]
    /// What it is to hold.
    public let new: [UInt8]
  }

  /// Turns `vars` into `replacements`, as `kustomize edit fix --vars` does.
  ///
  /// In the resources and patch files of the kustomization and of those below it, each `$(NAME)` is
  /// replaced by `NAME_PLACEHOLDER`, and a replacement writes the value over that: over the whole field,
  /// or over what stands between two delimiters. Every other byte of the files stays.
  ///
  /// Variables that are used nowhere go, with a note. Uses that stay, in inline patches and generators,
  /// are warned of. Unlike the original this keeps the replacements that are there already.
  ///
  /// O(variables × bytes of the files).
  /// - Parameters:
  ///   - folder: The kustomization's folder.
  ///   - fileSystem: Where its files are read.
  ///   - files: Gets the files that were read; the first must be the kustomization.
  /// - Returns: The other files to change; nothing is written.
  /// - Throws: A use that no single delimiter sets off.
  public mutating func convertVariables(
    in folder: String, _ fileSystem: any FileSystem = LocalFileSystem(),
    files: inout SourceFiles
  ) throws(DiagnosticError) -> [ChangedFile] {
    let variables = kustomization.variables
    guard let field = field("vars") else { return [] }
    var conversion = VariableConversion(variables.map(\.name))
    try conversion.read(kustomization, folder, fileSystem, &files)
    var replacements: [JSONValue] = []
    for (index, variable) in variables.enumerated() {
      let targets = try conversion.targets(of: variable.name)
      guard !targets.isEmpty else {
        notes.append(
          Diagnostic(
            "unused-variable", .note, "'\(variable.name)' is used in no file, and goes",
            span: variable.span))
        continue
      }
      let hasField = field.value.resolved[index]?["fieldref"]?["fieldpath"] != nil
      replacements.append(
        .object([("source", variable.source(hasField)), ("targets", .array(targets))]))
    }
    noteUsesThatStay(variables, except: field)
    try delete(path("vars"))
    for replacement in replacements { try append(replacement, to: path("replacements")) }
    return conversion.changes
  }

  private mutating func noteUsesThatStay(
    _ variables: [Kustomization.Variable], except field: YAMLEntry
  ) {
    for entry in root?.entries.map({ $0 }) ?? [] where entry.key.text != field.key.text {
      for variable in variables {
        for use in VariableUse.find(variable.name, in: entry.value) {
          notes.append(
            Diagnostic(
              "variable-left", .warning, "'$(\(variable.name))' stays as it is here",
              detail: "Replacements work on resources: move it to a file, or write the value.",
              span: use.node.span))
        }
      }
    }
  }
}

extension Kustomization.Variable {
  fileprivate func source(_ hasField: Bool) -> JSONValue {
    // Replacements write the index of an item as a step of its own.
    var path = fieldPath
    if let pattern = try? Pattern("\\[([0-9]+)\\]") {
      while let match = try? pattern.firstMatch(in: path), let item = match.group(0) {
        path = path[..<item.startIndex] + match.expand(".$1") + path[item.endIndex...]
      }
    }
    return .identity(gvk, objectName, objectNamespace, hasField ? [("fieldPath", path)] : [])
  }
}

extension JSONValue {
  /// The fields by which replacements name an object, those that say something.
  static func identity(
    _ gvk: GroupVersionKind, _ name: String, _ namespace: String,
    _ more: [(String, String)] = []
  ) -> JSONValue {
    let fields = [
      ("group", gvk.group), ("version", gvk.version), ("kind", gvk.kind), ("name", name),
      ("namespace", namespace),
    ]
    return .object((fields + more).filter { !$0.1.isEmpty }.map { ($0.0, .string($0.1)) })
  }
}
