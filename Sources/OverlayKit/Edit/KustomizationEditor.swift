internal import ManifestKit
public import SourceText

/// Changes a kustomization file the way `kustomize edit` does, and leaves every other byte as it is.
///
///     var editor = try KustomizationEditor(SourceFile(name: "kustomization.yaml", bytes: bytes))
///     try editor.setImage("registry.example.com/api:1.4.2")
///     let changed = editor.bytes
///
/// Each change is made at once; ``bytes`` always holds a kustomization that can be built. Comments,
/// order, quotes and indentation stay, and no field is modernised unless ``fix(_:)`` is called. A
/// change that changes nothing gives back the same bytes.
public struct KustomizationEditor: Sendable {
  /// The file as it now is.
  public private(set) var bytes: [UInt8]
  /// What was not done, and why: an entry that is there already, a pattern that fits nothing.
  public internal(set) var notes: [Diagnostic] = []

  private let name: String
  private(set) var stream: YAMLStream
  private(set) var kustomization: Kustomization

  /// Reads a kustomization file, which may be empty.
  ///
  /// - Throws: what is wrong with it: YAML that cannot be read, unknown fields, wrong types.
  public init(_ source: SourceFile) throws(DiagnosticError) {
    name = source.name
    bytes = source.bytes
    (stream, kustomization) = try Self.read(source)
    if root == nil {
      let text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
      let newline = bytes.isEmpty || bytes.last == 0x0A ? "" : "\n"
      bytes += (newline + text).utf8
      (stream, kustomization) = try Self.read(SourceFile(name: name, bytes: bytes))
    }
  }

  /// The path of the kustomization file in a folder.
  ///
  /// - Throws: `no-kustomization` or `several-kustomizations`.
  public static func path(
    in folder: String, _ fileSystem: any FileSystem = LocalFileSystem()
  ) throws(DiagnosticError) -> String {
    let found = KustomizationFile.names.map { FilePath.join(folder, $0) }
      .filter { fileSystem.kind(of: $0) == .file }
    guard let path = found.first else {
      throw .edit(
        "no-kustomization", "there is no kustomization.yaml in '\(folder)'",
        detail: "'overlay-create' makes one.")
    }
    guard found.count == 1 else {
      throw .edit(
        "several-kustomizations",
        "'\(folder)' has several kustomization files: \(found.joined(separator: ", "))")
    }
    return path
  }

  private static func read(
    _ source: SourceFile
  ) throws(DiagnosticError) -> (YAMLStream, Kustomization) {
    let stream = try YAMLStream(parsing: source, file: SourceFile.ID(rawValue: 0))
    return (stream, try Kustomization(stream, in: Workspace()))
  }

  /// The kustomization's mapping.
  var root: YAMLNode? {
    stream.documents.first.map(\.root.resolved).flatMap { $0.kind == .mapping ? $0 : nil }
  }

  /// A field's entry, its name in any case, as the file is read.
  func field(_ name: String) -> YAMLEntry? {
    root.flatMap { try? FieldTable($0) }?[name]
  }

  /// The path of a field as the file spells it.
  func path(_ name: String) -> [EditPath.Step] { [.key(field(name)?.key.text ?? name)] }

  /// The elements of a list field; empty where the field is missing.
  func elements(_ name: String) -> [YAMLNode] {
    field(name)?.value.resolved.elements.map(\.resolved) ?? []
  }

  /// Makes one change and reads the file again.
  mutating func apply(_ operation: EditPlan.Operation) throws(DiagnosticError) {
    do throws(EditPlan.Failure) {
      var plan = EditPlan()
      plan.quotesShortBooleans = true
      plan.add(operation)
      bytes = try plan.apply(to: SourceFile(name: name, bytes: bytes))
    } catch {
      throw DiagnosticError(error.diagnostics)
    }
    (stream, kustomization) = try Self.read(SourceFile(name: name, bytes: bytes))
  }

  mutating func set(_ steps: [EditPath.Step], to value: JSONValue) throws(DiagnosticError) {
    try apply(.set(EditPath(steps), value))
  }

  mutating func delete(_ steps: [EditPath.Step]) throws(DiagnosticError) {
    try apply(.delete(EditPath(steps), .keep))
  }

  /// Deletes a field; a comment at the end of its line stays, as a line of its own.
  mutating func deleteField(_ name: String) throws(DiagnosticError) {
    guard let entry = field(name) else { return }
    let end = entry.value.range.upperBound
    let comment = bytes[end...].prefix { $0 != 0x0A }.firstIndex(of: UInt8(ascii: "#"))
    guard entry.value.kind == .scalar || entry.value.style == .flow, let comment,
      root?.style != .flow
    else {
      return try delete([.key(entry.key.text)])
    }
    bytes.removeSubrange(entry.key.range.lowerBound..<comment)
    (stream, kustomization) = try Self.read(SourceFile(name: self.name, bytes: bytes))
  }

  /// Replaces bytes, from the last place to the first, and reads the file again.
  mutating func replace(_ edits: [(range: Range<Int>, text: [UInt8])]) throws(DiagnosticError) {
    // Where one inserts at the start of what another removes, the removal comes first.
    let sorted = edits.sorted {
      ($0.range.lowerBound, $0.range.upperBound) > ($1.range.lowerBound, $1.range.upperBound)
    }
    for edit in sorted {
      bytes.replaceSubrange(edit.range, with: edit.text)
    }
    (stream, kustomization) = try Self.read(SourceFile(name: name, bytes: bytes))
  }

  mutating func append(_ value: JSONValue, to steps: [EditPath.Step]) throws(DiagnosticError) {
    try apply(.append(EditPath(steps), value))
  }

  /// Deletes elements of a list field, and the field with its last element.
  mutating func deleteElements(
    of steps: [EditPath.Step], where isDeleted: [Bool]
  ) throws(DiagnosticError) {
    if isDeleted.allSatisfy({ $0 }) {
      if !isDeleted.isEmpty { try delete(steps) }
      return
    }
    for index in isDeleted.indices.reversed() where isDeleted[index] {
      try delete(steps + [.index(index)])
    }
  }

  /// Inserts an element into a list of mappings before the first one with a greater name, so that
  /// a sorted list stays sorted.
  mutating func insert(
    _ value: JSONValue, named name: String, into steps: [EditPath.Step], _ names: [String]
  ) throws(DiagnosticError) {
    guard let index = names.firstIndex(where: { $0 > name }) else {
      return try append(value, to: steps)
    }
    try apply(.insert(EditPath(steps), at: index, value))
  }

  mutating func note(_ id: Diagnostic.ID, _ summary: String) {
    notes.append(Diagnostic(id, .note, summary))
  }
}

/// What an edit was asked that it cannot do.
extension DiagnosticError {
  static func edit(
    _ id: Diagnostic.ID, _ summary: String, detail: String? = nil
  ) -> DiagnosticError {
    DiagnosticError(Diagnostic(id, .error, summary, detail: detail))
  }
}
