internal import ManifestKit
internal import SourceText

/// JSON patch operations at work on one object.
struct JSONOperationRun {
  typealias Failure = JSONOperation.Failure
  typealias Pointer = JSONOperation.Pointer
  typealias NodeID = ValueTree.NodeID

  private(set) var root: NodeID
  private let workspace: Workspace

  init(_ root: NodeID, in workspace: Workspace) {
    self.root = root
    self.workspace = workspace
  }

  /// Applies operations in order. On failure the object may be half changed.
  ///
  /// - Parameter places: Where the operations stand, if that is known.
  mutating func apply(
    _ operations: [JSONOperation], at places: [SourceSpan] = []
  ) throws(Failure) {
    for (index, operation) in operations.enumerated() {
      if places.indices.contains(index) {
        workspace.tree.author = workspace.files.origin(of: places[index])
      }
      do throws(Failure) {
        try apply(operation)
      } catch {
        throw Failure(
          message: "'\(operation.action.rawValue)' at '\(operation.path.text)': \(error.message)",
          index: index)
      }
    }
  }

  private mutating func apply(_ operation: JSONOperation) throws(Failure) {
    let path = operation.path
    switch operation.action {
    case .add: try add(workspace.tree.add(operation.value), path)
    case .remove: try remove(path)
    case .replace: try replace(path, operation.value)
    case .test: try test(operation)
    case .move:
      guard let from = operation.from else { return }
      let value = try get(from) ?? workspace.tree.makeNull()
      try remove(from)
      try add(value, path)
    case .copy:
      guard let from = operation.from else { return }
      let value = try get(from).map { workspace.tree.copy($0) } ?? workspace.tree.makeNull()
      try add(value, path)
    }
  }

  // MARK: Places

  /// The collection a pointer's last key belongs to, and that key.
  private func container(of path: Pointer) throws(Failure) -> (NodeID, String) {
    guard let last = path.keys.last else {
      throw Failure(message: "the whole object cannot be added, removed or moved")
    }
    var node = root
    for key in path.keys.dropLast() {
      guard let next = try value(key, of: node), !workspace.tree.isNull(next) else {
        throw Failure(message: "there is no '\(key)' on the way")
      }
      node = next
    }
    guard workspace.tree.kind(of: node) != .scalar else {
      throw Failure(message: "the way leads through a single value")
    }
    return (node, last)
  }

  /// What a key leads to: `nil` for a member that is not there, an error for an element.
  private func value(_ key: String, of node: NodeID) throws(Failure) -> NodeID? {
    switch workspace.tree.kind(of: node) {
    case .mapping: return workspace.tree.value(key, in: node)
    case .sequence: return workspace.tree.element(try index(key, in: node), of: node)
    case .scalar: throw Failure(message: "the way leads through a single value")
    }
  }

  /// An index of an existing element; `-1` is the last one.
  private func index(_ key: String, in list: NodeID) throws(Failure) -> Int {
    let count = workspace.tree.count(of: list)
    guard let index = Int(key) else {
      throw Failure(message: "'\(key)' is no index of a list")
    }
    let actual = index < 0 ? index + count : index
    guard actual >= 0, actual < count else {
      throw Failure(message: "the list has \(count) elements; there is no index \(key)")
    }
    return actual
  }

  private func get(_ path: Pointer) throws(Failure) -> NodeID? {
    let (node, key) = try container(of: path)
    return try value(key, of: node)
  }

  // MARK: Changes

  private func add(_ value: NodeID, _ path: Pointer) throws(Failure) {
    let (node, key) = try container(of: path)
    guard workspace.tree.kind(of: node) == .sequence else {
      workspace.tree.set(key, in: node, to: value)
      return
    }
    if key == "-" {
      workspace.tree.append(value, to: node)
      return
    }
    // A negative index counts from behind the element that is added.
    let count = workspace.tree.count(of: node) + 1
    guard let index = Int(key), index < count, index >= -count else {
      throw Failure(message: "the list has \(count - 1) elements; '\(key)' is no place in it")
    }
    workspace.tree.insert(value, at: index < 0 ? index + count : index, of: node)
  }

  private func remove(_ path: Pointer) throws(Failure) {
    let (node, key) = try container(of: path)
    if workspace.tree.kind(of: node) == .sequence {
      _ = workspace.tree.removeElement(at: try index(key, in: node), of: node)
    } else if workspace.tree.remove(key, from: node) == nil {
      throw Failure(message: "there is nothing to remove" + hint(key, node))
    }
  }

  private mutating func replace(_ path: Pointer, _ value: JSONValue) throws(Failure) {
    let new = workspace.tree.add(value)
    if path.text.isEmpty {
      guard workspace.tree.kind(of: new) == .mapping else {
        throw Failure(message: "an object must be a mapping")
      }
      root = new
      return
    }
    let (node, key) = try container(of: path)
    if workspace.tree.kind(of: node) == .sequence {
      let index = try index(key, in: node)
      if let old = workspace.tree.element(index, of: node) {
        workspace.tree.replace(old, with: new)
      }
    } else {
      workspace.tree.set(key, in: node, to: new)
    }
  }

  /// Numbers and texts are compared by their spelling: `1.0` is not `1`.
  private func test(_ operation: JSONOperation) throws(Failure) {
    let found = operation.path.keys.isEmpty ? root : try get(operation.path)
    let value = found.map { workspace.tree.json(of: $0, .kustomize) } ?? .null
    guard operation.isSpelledAsGo, Self.isEqual(value, operation.value) else {
      throw Failure(message: "the value differs")
    }
  }

  private static func isEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left.kind, right.kind) {
    case (.null, .null): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.number(let left), .number(let right)): return left == right
    case (.string(let left), .string(let right)): return left == right
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { isEqual($0, $1) }
    case (.object(let left), .object(let right)):
      let right = Dictionary(right.map { ($0.name, $0.value) }) { $1 }
      return left.count == right.count
        && left.allSatisfy { member in
          right[member.name].map { isEqual(member.value, $0) } ?? false
        }
    default: return false
    }
  }

  /// The name that was perhaps meant.
  private func hint(_ key: String, _ map: NodeID) -> String {
    let keys = workspace.tree.entries(of: map).map { workspace.tree.text(of: $0.key) }
    return Spelling.nearest(to: key, among: keys).map { "; did you mean '\($0)'?" } ?? ""
  }
}
