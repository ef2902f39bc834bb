/// Strategic merge as Kustomize does it, which is not quite as the API server does.
///
/// What to know: items that only the patch has come before those of the target; lists merge by key
/// only where the schema says so, otherwise they are replaced; `null` removes a field, also in
/// fields the patch adds; `$patch: delete|replace|merge` works on mappings and, as an item of its
/// own, on merging lists; `$setElementOrder`, `$retainKeys` and `$deleteFromPrimitiveList` are
/// ordinary fields. The style of a replaced scalar stays that of the target, so a number may become
/// text where the target had quotes.
public struct KustomizeMerge: Sendable {
  /// Why a patch cannot be merged.
  public struct Failure: Error, Hashable, Sendable {
    /// The node of target or patch at fault.
    public let node: ValueTree.NodeID
    /// What is wrong.
    public let message: String
  }

  let schema: SchemaTable

  /// Creates a merger that takes list strategies from a table: ``SchemaTable/kustomize`` unless the
  /// caller has CRDs or another document.
  public init(schema: SchemaTable = .kustomize) { self.schema = schema }

  /// Merges a patch into a target of the same tree.
  ///
  /// The patch's nodes may end up in the target; pass a ``ValueTree/copy(_:)`` to use it again.
  ///
  /// - Returns: The merged node (it may be another than `target`), or `nil` where the patch deletes
  ///   the target.
  public func merge(
    _ patch: ValueTree.NodeID, into target: ValueTree.NodeID, in tree: inout ValueTree
  ) throws(Failure) -> ValueTree.NodeID? {
    var walker = KustomizeWalker(table: schema)
    return try walker.walk(target, patch, schema: nil, in: &tree)
  }
}

/// The recursive walk over target and patch side by side.
struct KustomizeWalker {
  typealias NodeID = ValueTree.NodeID
  typealias Failure = KustomizeMerge.Failure

  enum Directive {
    case merge
    case replace
    case delete
  }

  let table: SchemaTable

  /// Merges two nodes, either of which may be missing; `nil` means that nothing is left.
  mutating func walk(
    _ target: NodeID?, _ patch: NodeID?, schema known: SchemaType?, in tree: inout ValueTree
  ) throws(Failure) -> NodeID? {
    let schema = known ?? resourceSchema(target, tree) ?? resourceSchema(patch, tree)
    guard let lead = present(target, tree) ?? present(patch, tree) else {
      return try walkMapping(target, patch, schema, &tree)
    }
    let kind = tree.kind(of: lead)
    for node in [target, patch] {
      guard let node = present(node, tree), tree.kind(of: node) != kind else { continue }
      throw Failure(
        node: node,
        message: "wrong node kind: expected \(name(kind)) but got \(name(tree.kind(of: node)))")
    }
    switch kind {
    case .mapping: return try walkMapping(target, patch, schema, &tree)
    case .scalar: return patch ?? target
    case .sequence:
      guard schema?.row.flags.contains(.merges) == true else { return patch ?? target }
      return try walkMergingList(target, patch, schema, &tree)
    }
  }

  private func name(_ kind: ValueTree.Kind) -> String {
    switch kind {
    case .scalar: "ScalarNode"
    case .mapping: "MappingNode"
    case .sequence: "SequenceNode"
    }
  }

  /// The node unless it is null.
  func present(_ node: NodeID?, _ tree: ValueTree) -> NodeID? {
    guard let node, !tree.isNull(node) else { return nil }
    return node
  }

  /// The schema of a node that says what it is.
  private func resourceSchema(_ node: NodeID?, _ tree: ValueTree) -> SchemaType? {
    guard let node = present(node, tree), let kind = tree.text(at: "kind", in: node),
      let apiVersion = tree.text(at: "apiVersion", in: node), !kind.isEmpty, !apiVersion.isEmpty
    else { return nil }
    return table.type(of: GroupVersionKind(apiVersion: apiVersion, kind: kind))
  }

  private mutating func walkMapping(
    _ target: NodeID?, _ patch: NodeID?, _ schema: SchemaType?, _ tree: inout ValueTree
  ) throws(Failure) -> NodeID? {
    guard let merged = try destination(target, patch, &tree) else { return nil }
    guard tree.kind(of: merged) == .mapping else { return merged }
    // Fields are visited in the order of their names, which is the order new ones are added in.
    var names: Set<String> = []
    for node in [merged, patch] {
      guard let node else { continue }
      for entry in tree.entries(of: node) { names.insert(tree.text(of: entry.key)) }
    }
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let old = tree.entry(name, in: merged)
      let new = patch.flatMap { tree.entry(name, in: $0) }
      let value = try walk(old?.value, new?.value, schema: schema?.field(name), in: &tree)
      if let value, new == nil || !tree.isNull(value) {
        set(value, named: name, key: new?.key, old: old?.value, in: merged, &tree)
      } else {
        tree.remove(name, from: merged)
      }
    }
    return merged
  }

  /// The mapping that the fields are merged into; directives are taken out of the patch.
  private func destination(
    _ target: NodeID?, _ patch: NodeID?, _ tree: inout ValueTree
  ) throws(Failure) -> NodeID? {
    guard present(target, tree) != nil else {
      if try directive(patch, &tree) == .delete { return nil }
      // A null that is spelled out survives; an empty one goes.
      if patch == nil, let target, !tree.textBytes(of: target).isEmpty { return target }
      return patch
    }
    if let patch, tree.isNull(patch) { return nil }
    switch try directive(patch, &tree) {
    case .delete: return nil
    case .replace: return patch
    case .merge: return target
    }
  }

  private func directive(
    _ patch: NodeID?, _ tree: inout ValueTree
  ) throws(Failure) -> Directive {
    guard let patch, let node = tree.value("$patch", in: patch) else { return .merge }
    let directive = try directive(tree.text(of: node), node)
    tree.remove("$patch", from: patch)
    return directive
  }

  func directive(_ text: String, _ node: NodeID) throws(Failure) -> Directive {
    switch text {
    case "merge": return .merge
    case "replace": return .replace
    case "delete": return .delete
    default: throw Failure(node: node, message: "unknown patch strategy '\(text)'")
    }
  }

  private func set(
    _ value: NodeID, named name: String, key: NodeID?, old: NodeID?, in mapping: NodeID,
    _ tree: inout ValueTree
  ) {
    guard value != old else { return }
    if let old {
      let style = tree.style(of: old)
      let kind = tree.kind(of: old)
      tree.assume(old, contentsOf: value)
      tree.adoptStyle(style, of: kind, on: old)
    } else {
      let key = key.map { tree.shallowCopy($0) } ?? tree.makeString(name)
      tree.appendEntry(key, tree.shallowCopy(value), to: mapping)
    }
  }
}

extension ValueTree {
  /// A new node with the same text or the same children.
  mutating func shallowCopy(_ id: NodeID) -> NodeID {
    var node = self[id]
    node.next = ValueTree.none
    return make(node)
  }

  /// Makes a node what another is, its place kept; children are shared.
  mutating func assume(_ id: NodeID, contentsOf other: NodeID) {
    let isSame =
      self[id].kind == .scalar && self[other].kind == .scalar
      && textBytes(of: id) == textBytes(of: other)
    let old = self[id]
    if !isSame { noteChange(of: id, from: old.origin, to: self[other].origin) }
    self[id] = self[other]
    self[id].next = old.next
    if isSame { self[id].origin = old.origin }
  }

  /// Gives a node the style of the one it replaces, without a change of meaning for strings.
  mutating func adoptStyle(_ style: YAMLStyle, of kind: Kind, on id: NodeID) {
    if self[id].kind == .scalar {
      if self[id].tag == .none, self[id].style.isQuoted { self[id].tag = .string }
      self[id].style = kind == .scalar ? style : .plain
    } else {
      self[id].style = style == .flow ? .flow : .block
    }
  }
}
