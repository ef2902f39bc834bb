internal import ManifestKit
internal import SourceText

/// The files in which variables are used, on their way to placeholders.
struct VariableConversion {
  private struct File {
    let path: String
    let source: SourceFile
    let stream: YAMLStream
    let patch: Kustomization.Patch?
  }

  private let names: [String]
  private var files: [File] = []
  private var seen: Set<String> = []

  init(_ names: [String]) { self.names = names }

  /// Reads the resources and patch files of a kustomization and of those below it. What is no YAML
  /// file here, such as a remote resource, is passed over.
  mutating func read(
    _ kustomization: Kustomization, _ folder: String, _ fileSystem: any FileSystem,
    _ sources: inout SourceFiles
  ) throws(DiagnosticError) {
    for entry in kustomization.resources + kustomization.components {
      let path = FilePath.join(folder, entry.text)
      if fileSystem.kind(of: path) == .folder {
        try read(folder: path, fileSystem, &sources)
      } else {
        try read(file: path, nil, fileSystem, &sources)
      }
    }
    for patch in kustomization.patches + kustomization.json6902Patches {
      guard let path = patch.path else { continue }
      try read(file: FilePath.join(folder, path.text), patch, fileSystem, &sources)
    }
    // Their entries are paths or the patches themselves.
    for patch in kustomization.strategicMergePatches where !patch.text.contains("\n") {
      try read(file: FilePath.join(folder, patch.text), nil, fileSystem, &sources)
    }
  }

  private mutating func read(
    folder: String, _ fileSystem: any FileSystem, _ sources: inout SourceFiles
  ) throws(DiagnosticError) {
    guard let path = try? KustomizationEditor.path(in: folder, fileSystem),
      let resolved = try? fileSystem.resolve(path), seen.insert(resolved).inserted,
      let bytes = try? fileSystem.read(path)
    else { return }
    let source = SourceFile(name: path, bytes: bytes)
    let stream = try YAMLStream(parsing: source, file: sources.add(source))
    try read(Kustomization(stream, in: Workspace()), folder, fileSystem, &sources)
  }

  private mutating func read(
    file path: String, _ patch: Kustomization.Patch?, _ fileSystem: any FileSystem,
    _ sources: inout SourceFiles
  ) throws(DiagnosticError) {
    guard let resolved = try? fileSystem.resolve(path), seen.insert(resolved).inserted,
      let bytes = try? fileSystem.read(path)
    else { return }
    let source = SourceFile(name: path, bytes: bytes)
    let stream = try YAMLStream(parsing: source, file: sources.add(source))
    files.append(File(path: path, source: source, stream: stream, patch: patch))
  }

  // MARK: Targets

  /// The targets of the replacement that takes a variable's place.
  func targets(of name: String) throws(DiagnosticError) -> [JSONValue] {
    var targets: [JSONValue] = []
    for file in files {
      for document in file.stream.documents {
        for object in Self.objects(in: document.root.resolved) {
          for use in try Self.uses(of: name, in: object) {
            targets += try parts(of: use, name).map { part in
              Self.target(use, part, object, file.patch)
            }
          }
        }
      }
    }
    return targets
  }

  /// The uses in an object, or in the values that a JSON patch writes.
  private static func uses(
    of name: String, in node: YAMLNode
  ) throws(DiagnosticError) -> [VariableUse] {
    guard node.kind == .sequence else { return VariableUse.find(name, in: node) }
    var uses: [VariableUse] = []
    for operation in node.elements.map(\.resolved) {
      guard let value = operation["value"], let pointer = operation["path"],
        let steps = JSONPointer(pointer.text)?.tokens
      else { continue }
      for var use in VariableUse.find(name, in: value) {
        guard !steps.contains("-") else {
          throw .located(
            "appended-item", "the place of an appended item is not known", pointer.span,
            detail: "Write its index instead of '-', or add it by a strategic merge patch.")
        }
        let path = steps.map { $0.contains(".") ? "[\($0)]" : $0 }
        use.fieldPath = (path + [use.fieldPath]).filter { !$0.isEmpty }.joined(separator: ".")
        uses.append(use)
      }
    }
    return uses
  }

  /// The items of a list are objects of their own in a build.
  private static func objects(in node: YAMLNode) -> [YAMLNode] {
    guard let kind = node["kind"]?.text, kind.hasSuffix("List"), let items = node["items"],
      items.kind == .sequence
    else { return [node] }
    return items.elements.map(\.resolved)
  }

  private func parts(of use: VariableUse, _ name: String) throws(DiagnosticError) -> [ValuePart] {
    let value = String(decoding: placeholders(in: Array(use.node.text.utf8)[...]), as: UTF8.self)
    if let parts = ValuePart.parts(of: value, holding: Self.placeholder(name)) { return parts }
    throw .located(
      "variable-not-delimited", "no single delimiter sets '$(\(name))' off from the text around it",
      use.node.span,
      detail:
        "A replacement writes a whole field, or a part between two equal characters: give the variable a field of its own, or put the character before it after it as well."
    )
  }

  private static func target(
    _ use: VariableUse, _ part: ValuePart, _ object: YAMLNode, _ patch: Kustomization.Patch?
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("select", selection(object, patch)),
      ("fieldPaths", .array([.string(use.fieldPath)])),
    ]
    if let delimiter = part.delimiter {
      var options: [(String, JSONValue)] = [("delimiter", .string(delimiter))]
      if part.index > 0 { options.append(("index", .number(String(part.index)))) }
      members.append(("options", .object(options)))
    }
    return .object(members)
  }

  /// Which objects a use is in: the one in the file, or those that a patch selects.
  private static func selection(_ object: YAMLNode, _ patch: Kustomization.Patch?) -> JSONValue {
    let name = object["metadata"]?["name"]?.text ?? ""
    let namespace = object["metadata"]?["namespace"]?.text ?? ""
    let gvk = GroupVersionKind(
      apiVersion: object["apiVersion"]?.text ?? "", kind: object["kind"]?.text ?? "")
    let changesName = patch?.options["allowNameChange"] == true
    let changesKind = patch?.options["allowKindChange"] == true
    guard let target = patch?.target, !(changesName && changesKind) else {
      return .identity(gvk, name, namespace)
    }
    var selected = target.gvk
    if changesKind { selected.kind = gvk.kind }
    return .identity(
      selected, changesName ? name : target.name, namespace.isEmpty ? target.namespace : namespace,
      [
        ("labelSelector", target.labelSelector), ("annotationSelector", target.annotationSelector),
      ])
  }

  // MARK: Placeholders

  private static func placeholder(_ name: String) -> String { name + "_PLACEHOLDER" }

  /// The files with placeholders in place of variables, those that change.
  var changes: [KustomizationEditor.ChangedFile] {
    files.compactMap { file in
      var scalars: Set<Range<Int>> = []
      for name in names {
        for document in file.stream.documents {
          for use in VariableUse.find(name, in: document.root) { scalars.insert(use.node.range) }
        }
      }
      guard !scalars.isEmpty else { return nil }
      var bytes = file.source.bytes
      for range in scalars.sorted(by: { $0.lowerBound > $1.lowerBound }) {
        bytes.replaceSubrange(range, with: placeholders(in: bytes[range]))
      }
      return KustomizationEditor.ChangedFile(path: file.path, old: file.source.bytes, new: bytes)
    }
  }

  /// A text with placeholders in place of variables.
  private func placeholders(in bytes: ArraySlice<UInt8>) -> [UInt8] {
    var bytes = Array(bytes)
    for name in names {
      let text = Array("$(\(name))".utf8)
      for place in VariableUse.places(of: text, in: bytes[...]).reversed() {
        bytes.replaceSubrange(place..<(place + text.count), with: Self.placeholder(name).utf8)
      }
    }
    return bytes
  }
}
