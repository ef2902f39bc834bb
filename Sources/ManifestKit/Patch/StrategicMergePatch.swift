/// Strategic merge patch as the Kubernetes API machinery and `kubectl patch` apply it.
///
/// Lists whose field has a merge key are merged item by item, new items first where the patch does
/// not order them; others are replaced. Directives: `$patch: replace|delete`, `$retainKeys`,
/// `$setElementOrder/field`, `$deleteFromPrimitiveList/field`.
public struct StrategicMergePatch: Sendable {
  /// Groups whose kinds `kubectl` leaves to the server to merge.
  private static let serverOnly: Set<String> = ["apiextensions.k8s.io", "apiregistration.k8s.io"]

  let schema: SchemaTable

  /// Creates a patcher with the field strategies of a table.
  public init(schema: SchemaTable = .kubernetes()) { self.schema = schema }

  /// Applies a patch to an object of the same tree and returns the result.
  ///
  /// Objects of kinds that the table does not know are refused, as `kubectl` refuses them: use
  /// ``MergePatch`` for those, or a table with their CRDs. The patch's nodes may become part of the
  /// result.
  public func apply(
    _ patch: ValueTree.NodeID, to target: ValueTree.NodeID, in tree: inout ValueTree
  ) throws(PatchFailure) -> ValueTree.NodeID {
    let kind = ResourceID(of: target, in: tree)?.kind
    guard let kind, !Self.serverOnly.contains(kind.group), let type = schema.type(of: kind) else {
      throw PatchFailure(
        "the types of \(kind?.description ?? "the object") are not known; use a merge patch")
    }
    guard tree.kind(of: patch) == .mapping, tree.kind(of: target) == .mapping else {
      throw PatchFailure("a strategic merge patch and its target are mappings")
    }
    var merger = StrategicMerger()
    let result = try merger.mergeMap(target, patch, type, &tree)
    guard let left = tree.value("kind", in: result), tree.isString(left, .kubernetes),
      !tree.textBytes(of: left).isEmpty
    else { throw PatchFailure("the patch leaves no object: kind is missing") }
    return result
  }
}

/// The merge of mappings; lists are in `StrategicMerger+Lists`.
struct StrategicMerger {
  typealias NodeID = ValueTree.NodeID

  static let setOrder = "$setElementOrder/"
  static let deletion = "$deleteFromPrimitiveList/"
  static let retainKeys = "$retainKeys"

  mutating func mergeMap(
    _ original: NodeID, _ patch: NodeID, _ schema: SchemaType?, _ tree: inout ValueTree
  ) throws(PatchFailure) -> NodeID {
    if let directive = tree.value("$patch", in: patch) {
      switch tree.text(of: directive) {
      case "replace":
        tree.remove("$patch", from: patch)
        return patch
      case "delete": return tree.makeMapping()
      default: throw PatchFailure("unknown patch type '\(tree.text(of: directive))'")
      }
    }
    try retainKeys(original, patch, &tree)
    try applyOrders(original, patch, schema, &tree)
    for entry in tree.entries(of: patch) {
      var key = tree.text(of: entry.key)
      let isDeletion = key.hasPrefix(Self.deletion)
      if isDeletion { key = String(key.dropFirst(Self.deletion.count)) }
      try mergeField(key, entry.value, isDeletion, original, schema, &tree)
    }
    return original
  }

  private mutating func mergeField(
    _ key: String, _ value: NodeID, _ isDeletion: Bool, _ original: NodeID,
    _ schema: SchemaType?, _ tree: inout ValueTree
  ) throws(PatchFailure) {
    if tree.isNull(value, .kubernetes) {
      tree.remove(key, from: original)
      return
    }
    guard let old = tree.value(key, in: original), tree.kind(of: old) == tree.kind(of: value) else {
      guard !isDeletion else { return }
      dropNulls(in: value, &tree)
      if dropDirectives(in: value, &tree) {
        tree.set(key, in: original, to: tree.shallowCopy(value))
      } else {
        tree.remove(key, from: original)
      }
      return
    }
    let field = schema?.field(key)
    switch tree.kind(of: old) {
    case .scalar: tree.assume(old, contentsOf: value)
    case .mapping:
      try require(field, key, schema)
      if field?.flags.contains(.replaces) == true {
        tree.assume(old, contentsOf: value)
      } else {
        let merged = try mergeMap(old, value, field, &tree)
        if merged != old { tree.assume(old, contentsOf: merged) }
      }
    case .sequence:
      try require(field, key, schema)
      let merged = try mergeList(old, value, field, isDeletion, &tree)
      if merged != old { tree.assume(old, contentsOf: merged) }
    }
  }

  /// The API machinery refuses fields its types do not have, where it has to look them up.
  func require(
    _ field: SchemaType?, _ key: String, _ schema: SchemaType?
  ) throws(PatchFailure) {
    guard let schema, field == nil, schema.kind == .object, !schema.propertyNames.isEmpty else {
      return
    }
    throw PatchFailure("the schema has no field '\(key)'", path: key)
  }

  private func retainKeys(
    _ original: NodeID, _ patch: NodeID, _ tree: inout ValueTree
  ) throws(PatchFailure) {
    guard let list = tree.remove(Self.retainKeys, from: patch) else { return }
    guard tree.kind(of: list) == .sequence else {
      throw PatchFailure("'$retainKeys' is not a list")
    }
    let names = tree.elements(of: list)
    guard names.allSatisfy({ tree.kind(of: $0) == .scalar }) else {
      throw PatchFailure("an item of '$retainKeys' is not a name")
    }
    let kept = Set(names.filter { tree.isString($0, .kubernetes) }.map { tree.text(of: $0) })
    for entry in tree.entries(of: patch) {
      let key = tree.text(of: entry.key)
      if tree.isNull(entry.value, .kubernetes) || key.hasPrefix(Self.deletion)
        || key.hasPrefix(Self.setOrder)
      {
        continue
      }
      guard kept.contains(key) else {
        throw PatchFailure("'\(key)' is in the patch but not in its '$retainKeys'", path: key)
      }
    }
    for entry in tree.entries(of: original) {
      let key = tree.text(of: entry.key)
      if !kept.contains(key) { tree.remove(key, from: original) }
    }
  }

  /// Takes the entries that are null out of a value, at any depth.
  private func dropNulls(in node: NodeID, _ tree: inout ValueTree) {
    for element in tree.elements(of: node) { dropNulls(in: element, &tree) }
    for entry in tree.entries(of: node) {
      if tree.isNull(entry.value, .kubernetes) {
        tree.remove(tree.text(of: entry.key), from: node)
      } else {
        dropNulls(in: entry.value, &tree)
      }
    }
  }

  /// Takes the mappings that have a `$patch` out of a value that the target does not have yet; the
  /// other directives stay, as data. Returns false where the value is such a mapping itself.
  @discardableResult
  func dropDirectives(in node: NodeID, _ tree: inout ValueTree) -> Bool {
    if tree.value("$patch", in: node) != nil { return false }
    let elements = tree.elements(of: node)
    let kept = elements.filter { dropDirectives(in: $0, &tree) }
    if kept.count < elements.count { tree.setElements(kept, of: node) }
    for entry in tree.entries(of: node) where !dropDirectives(in: entry.value, &tree) {
      tree.remove(tree.text(of: entry.key), from: node)
    }
    return true
  }
}
