internal import ManifestKit
internal import SourceText

/// What one build shares: the tree all resources live in, the files read, what there is to say.
///
/// A class, since every stage of a build adds to the same workspace.
final class Workspace {
  var tree = ValueTree()
  let files: FileRegistry
  var diagnostics: [Diagnostic] = []
  /// The files that were read, as absolute paths; also as resolved ones where links led there.
  var inputs: Set<String> = []
  /// Whether resources remember where they come from and which transformers worked on them.
  var recordsHistory = false
  /// Whether `buildMetadata` asks for anything, so that every object has annotations meanwhile.
  var annotatesObjects = false
  /// Scalars that were written without a type: what they spell decides, until a strategic-merge
  /// patch passes by and makes them text.
  var untypedScalars: Set<ValueTree.NodeID> = []
  /// The schema that a kustomization named; the first one counts.
  var customSchema: SchemaTable?
  /// Whether the built-in schema was asked for something before any other was named.
  private(set) var usesBuiltInSchema = false
  /// Which kinds live outside namespaces.
  var scopes = KindScopes()
  /// What decides how lists merge.
  var schema: SchemaTable { customSchema ?? .kustomize }

  /// Bases that were built before, by their folder.
  private let bases: [String: BaseSnapshot]

  init(files: FileRegistry = FileRegistry(), bases: [String: BaseSnapshot] = [:]) {
    self.files = files
    self.bases = bases
  }

  /// What the kustomization in a folder gathers, if it was built before and would be the same here.
  func base(_ root: String) -> Accumulator? {
    guard !bases.isEmpty, !recordsHistory, customSchema == nil else { return nil }
    return bases[root]?.copy(to: self)
  }

  /// Notes that the schema is asked for something.
  func consultSchema() { if customSchema == nil { usesBuiltInSchema = true } }

  /// Notes that objects were read. The original asks the schema for the scope of kinds that it does
  /// not know by heart.
  func note(_ resources: [Resource]) {
    guard customSchema == nil, !usesBuiltInSchema else { return }
    if !resources.allSatisfy({ KindScopes.isBuiltIn($0.gvk) }) { usesBuiltInSchema = true }
  }

  /// Where a node comes from.
  func span(of node: ValueTree.NodeID) -> SourceSpan? {
    files.span(ofOrigin: tree.origin(of: node))
  }

  /// Sets an entry as the original does: a key that is new gets no quotes, whatever it spells, so
  /// that `true` cannot be written afterwards.
  func setEntry(_ key: String, of map: ValueTree.NodeID, to value: ValueTree.NodeID) {
    if tree.value(key, in: map) != nil {
      tree.set(key, in: map, to: value)
    } else {
      tree.appendEntry(tree.makeScalar(key), value, to: map)
    }
  }

  /// Adds the documents of a stream; every node notes where it comes from.
  func add(documentsOf stream: YAMLStream) throws(DiagnosticError) -> [ValueTree.NodeID] {
    try tree.add(documentsOf: stream, origin: files.origin(of: stream.file))
  }
}

extension Workspace {
  /// Says that something in a kustomization is of no use.
  func warn(
    _ id: Diagnostic.ID, _ summary: String, _ span: SourceSpan?, detail: String? = nil
  ) {
    diagnostics.append(Diagnostic(id, .warning, summary, detail: detail, span: span))
  }
}

extension DiagnosticError {
  /// One error with a place.
  static func located(
    _ id: Diagnostic.ID, _ summary: String, _ span: SourceSpan?, detail: String? = nil
  ) -> DiagnosticError {
    DiagnosticError(Diagnostic(id, .error, summary, detail: detail, span: span))
  }
}
