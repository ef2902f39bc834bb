/// A JSON Patch (RFC 6902): operations applied in order, all or none.
public struct JSONPatch: Sendable {
  /// What an operation does.
  public enum Action: String, Hashable, Sendable {
    /// Inserts a list element or sets a member.
    case add
    /// Removes what is there.
    case remove
    /// Replaces what is there.
    case replace
    /// Removes from one place and adds in another.
    case move
    /// Adds a copy of what is in another place.
    case copy
    /// Fails the patch unless the value is equal.
    case test
  }

  /// One operation.
  public struct Operation: Sendable {
    /// What to do.
    public var action: Action
    /// Where.
    public var path: JSONPointer
    /// The other place of `move` and `copy`.
    public var from: JSONPointer?
    /// The value of `add`, `replace` and `test`, a node of the tree the patch is applied in.
    public var value: ValueTree.NodeID?
  }

  /// The operations in order.
  public var operations: [Operation]
  /// Whether `-1` is the last element of a list and so on, as in the library that Kustomize uses.
  public var allowsNegativeIndexes = false
  /// Whether `replace` adds a member that is not there, as in the library that Kustomize uses.
  public var replacesMissingMembers = false

  /// Creates a patch.
  public init(_ operations: [Operation]) { self.operations = operations }

  /// Reads a patch from a list of mappings; the values stay nodes of `tree`.
  public init(_ node: ValueTree.NodeID, in tree: ValueTree) throws(PatchFailure) {
    guard tree.kind(of: node) == .sequence else {
      throw PatchFailure("a JSON patch is a list of operations")
    }
    operations = []
    for (index, item) in tree.elements(of: node).enumerated() {
      operations.append(try Self.operation(item, index, tree))
    }
  }

  private static func operation(
    _ item: ValueTree.NodeID, _ index: Int, _ tree: ValueTree
  ) throws(PatchFailure) -> Operation {
    func pointer(_ name: String) throws(PatchFailure) -> JSONPointer? {
      guard let node = tree.value(name, in: item) else { return nil }
      guard tree.isString(node, .kubernetes), let pointer = JSONPointer(tree.text(of: node)) else {
        throw PatchFailure("'\(name)' is not a JSON pointer", operation: index)
      }
      return pointer
    }
    guard let name = tree.text(at: "op", in: item) else {
      throw PatchFailure("an operation needs 'op'", operation: index)
    }
    guard let action = Action(rawValue: name) else {
      throw PatchFailure("unknown operation '\(name)'", operation: index)
    }
    guard let path = try pointer("path") else {
      throw PatchFailure("an operation needs 'path'", operation: index)
    }
    var result = Operation(action: action, path: path)
    switch action {
    case .add, .replace, .test:
      result.value = tree.value("value", in: item)
      guard result.value != nil else {
        throw PatchFailure("'\(name)' needs 'value'", operation: index, path: path.description)
      }
    case .move, .copy:
      result.from = try pointer("from")
      guard result.from != nil else {
        throw PatchFailure("'\(name)' needs 'from'", operation: index, path: path.description)
      }
    case .remove: break
    }
    return result
  }

  /// Applies the operations to a node and returns the result, which is another node where the
  /// patch replaces the whole document.
  ///
  /// On failure the target may be half changed; apply the patch to a copy if that matters.
  public func apply(
    to target: ValueTree.NodeID, in tree: inout ValueTree
  ) throws(PatchFailure) -> ValueTree.NodeID {
    var run = JSONPatchRun(
      root: target, allowsNegativeIndexes: allowsNegativeIndexes,
      replacesMissingMembers: replacesMissingMembers)
    for (index, operation) in operations.enumerated() {
      try run.apply(operation, index, &tree)
    }
    return run.root
  }
}

private struct JSONPatchRun {
  typealias NodeID = ValueTree.NodeID

  var root: NodeID
  let allowsNegativeIndexes: Bool
  let replacesMissingMembers: Bool
  /// How many nodes 'copy' has made. A few operations double a document again and again.
  private var copied = 0

  private static let maximumCopied = 1_000_000
  private static let maximumDepth = 1000

  init(root: NodeID, allowsNegativeIndexes: Bool, replacesMissingMembers: Bool) {
    self.root = root
    self.allowsNegativeIndexes = allowsNegativeIndexes
    self.replacesMissingMembers = replacesMissingMembers
  }

  mutating func apply(
    _ operation: JSONPatch.Operation, _ index: Int, _ tree: inout ValueTree
  ) throws(PatchFailure) {
    let path = operation.path
    func failure(_ message: String) -> PatchFailure {
      PatchFailure(message, operation: index, path: path.description)
    }
    if let value = operation.value ?? operation.from.flatMap({ find($0, tree) }) {
      let (nodes, depth) = tree.extent(of: value)
      guard path.tokens.count + depth <= Self.maximumDepth else {
        throw failure("the result would be nested more than \(Self.maximumDepth) levels deep")
      }
      if operation.action == .copy { copied += nodes }
      guard copied <= Self.maximumCopied else {
        throw failure("the patch copies more than \(Self.maximumCopied) values")
      }
    }
    switch operation.action {
    case .add:
      guard let value = operation.value else { throw failure("no value") }
      guard add(tree.copy(value), path, &tree) else { throw failure("there is no such place") }
    case .remove:
      guard remove(path, &tree) != nil else { throw failure("there is nothing to remove") }
    case .replace:
      guard let value = operation.value else { throw failure("no value") }
      if let old = find(path, tree) {
        tree.replace(old, with: tree.copy(value))
      } else {
        let parent = find(JSONPointer(path.tokens.dropLast()), tree)
        guard replacesMissingMembers, let parent, tree.kind(of: parent) == .mapping,
          add(tree.copy(value), path, &tree)
        else { throw failure("there is nothing to replace") }
      }
    case .move:
      guard let from = operation.from else { throw failure("no 'from'") }
      if from == path, find(from, tree) != nil { return }
      guard !path.tokens.starts(with: from.tokens) else {
        throw failure("a value cannot move into itself")
      }
      guard let value = remove(from, &tree) else { throw failure("there is nothing at \(from)") }
      guard add(value, path, &tree) else { throw failure("there is no such place") }
    case .copy:
      guard let from = operation.from, let value = find(from, tree) else {
        throw failure("there is nothing to copy")
      }
      guard add(tree.copy(value), path, &tree) else { throw failure("there is no such place") }
    case .test:
      guard let value = operation.value, let found = find(path, tree) else {
        throw failure("there is nothing to compare")
      }
      guard tree.isEqual(found, value, .kubernetes) else { throw failure("the value differs") }
    }
  }

  private func index(_ token: String, _ count: Int) -> Int? {
    if allowsNegativeIndexes, token.hasPrefix("-"),
      let value = JSONPointer.index(String(token.dropFirst()))
    {
      return count - value >= 0 ? count - value : nil
    }
    return JSONPointer.index(token)
  }

  private func find(_ path: JSONPointer, _ tree: ValueTree) -> NodeID? {
    var node = root
    for token in path.tokens {
      switch tree.kind(of: node) {
      case .mapping:
        guard let next = tree.value(token, in: node) else { return nil }
        node = next
      case .sequence:
        guard let index = index(token, tree.count(of: node)),
          let next = tree.element(index, of: node)
        else { return nil }
        node = next
      case .scalar: return nil
      }
    }
    return node
  }

  private mutating func add(_ value: NodeID, _ path: JSONPointer, _ tree: inout ValueTree) -> Bool {
    guard let last = path.tokens.last else {
      root = value
      return true
    }
    guard let parent = find(JSONPointer(path.tokens.dropLast()), tree) else { return false }
    switch tree.kind(of: parent) {
    case .mapping: tree.set(last, in: parent, to: value)
    case .sequence:
      let count = tree.count(of: parent)
      guard last != "-" else {
        tree.append(value, to: parent)
        return true
      }
      guard let index = index(last, count), index <= count else { return false }
      tree.insert(value, at: index, of: parent)
    case .scalar: return false
    }
    return true
  }

  private mutating func remove(_ path: JSONPointer, _ tree: inout ValueTree) -> NodeID? {
    guard let last = path.tokens.last else {
      let old = root
      root = tree.makeNull()
      return old
    }
    guard let parent = find(JSONPointer(path.tokens.dropLast()), tree) else { return nil }
    switch tree.kind(of: parent) {
    case .mapping: return tree.remove(last, from: parent)
    case .sequence:
      guard let index = index(last, tree.count(of: parent)) else { return nil }
      return tree.removeElement(at: index, of: parent)
    case .scalar: return nil
    }
  }
}
