/// Values under construction: an arena of nodes that can be changed, copied and written out.
///
/// Where a ``YAMLStream`` is what a file says, a value tree is what a program builds: loaded
/// documents with their comments and anchors gone, but every node still knowing its style and tag,
/// since those decide how Kubernetes' tools type and print it. All resources of a build live in one
/// tree; a node is a ``NodeID``, its text a range of one shared pool of bytes.
///
/// A node has at most one parent. To use a node in two places, ``copy(_:)`` it.
///
///     var tree = ValueTree()
///     let root = try tree.add(document.root)
///     tree.set("replicas", in: tree.makePath(["spec"], in: root), to: tree.makeInteger(3))
///     let yaml = try CanonicalYAML.text(of: root, in: tree)
public struct ValueTree: Sendable {
  /// A node of a tree. Identifiers stay valid for as long as the tree lives.
  public struct NodeID: Hashable, Sendable {
    /// The node's number in the arena.
    public let rawValue: UInt32

    init(_ rawValue: UInt32) { self.rawValue = rawValue }
  }

  /// The kinds of node.
  public enum Kind: UInt8, Hashable, Sendable {
    /// A single value.
    case scalar
    /// Keys and values in order.
    case mapping
    /// A list.
    case sequence
  }

  /// One node: 28 bytes. Children are a linked list; in a mapping keys and values alternate.
  struct Node {
    var kind: Kind
    var style: YAMLStyle
    var tag: ScalarTag
    var origin: UInt32 = 0
    /// The next child of the same parent.
    var next: UInt32 = ValueTree.none
    /// A scalar: where its text starts. A collection: its first child.
    var first: UInt32
    /// A scalar: the length of its text. A collection: its last child.
    var last: UInt32
    /// How many children a collection has.
    var count: UInt32 = 0
  }

  static let none = UInt32.max

  /// A node that got another value while there was an ``author``.
  public struct Change: Hashable, Sendable {
    /// The node.
    public let node: NodeID
    /// Who changed it: the origin of the value it got, or the author.
    public let author: UInt32
    /// The origin of the value it had.
    public let previous: UInt32
  }

  var nodes: [Node] = []
  var pool: [UInt8] = []
  /// The origin of nodes that are made, and the author of changes; 0 while nothing is to be noted.
  public var author: UInt32 = 0
  /// The changes that had an author, in order.
  public private(set) var changes: [Change] = []

  /// Creates an empty tree.
  public init() {}

  /// How many nodes the tree holds, those that are no longer reachable included.
  public var nodeCount: Int { nodes.count }

  /// Makes room for nodes and text that are about to be added.
  public mutating func reserve(nodes nodeCount: Int, bytes: Int) {
    // Twice what there is, at least: room made exactly, file by file, would copy all of it each time.
    let (nodesNeeded, bytesNeeded) = (nodes.count + nodeCount, pool.count + bytes)
    if nodesNeeded > nodes.capacity {
      nodes.reserveCapacity(max(nodesNeeded, nodes.capacity * 2))
    }
    if bytesNeeded > pool.capacity {
      pool.reserveCapacity(max(bytesNeeded, pool.capacity * 2))
    }
  }

  mutating func make(_ node: Node) -> NodeID {
    nodes.append(node)
    if node.origin == 0 { nodes[nodes.count - 1].origin = author }
    return NodeID(UInt32(nodes.count - 1))
  }

  /// Notes that a node is about to get, or has got, a value from elsewhere.
  mutating func noteChange(of id: NodeID, from previous: UInt32, to origin: UInt32 = 0) {
    guard author != 0 else { return }
    changes.append(Change(node: id, author: origin == 0 ? author : origin, previous: previous))
  }

  subscript(id: NodeID) -> Node {
    get { nodes[Int(id.rawValue)] }
    set { nodes[Int(id.rawValue)] = newValue }
    _modify { yield &nodes[Int(id.rawValue)] }
  }

  static func optional(_ raw: UInt32) -> NodeID? { raw == none ? nil : NodeID(raw) }

  /// A new scalar that means this text, whatever it spells: it is typed as a string.
  public mutating func makeString(
    _ text: some StringProtocol, style: YAMLStyle = .plain
  ) -> NodeID {
    makeScalar(text, style: style, tag: .string)
  }

  /// A new scalar; plain and without a tag its spelling decides what it means.
  public mutating func makeScalar(
    _ text: some StringProtocol, style: YAMLStyle = .plain, tag: ScalarTag = .none
  ) -> NodeID {
    let start = UInt32(pool.count)
    var text = String(text)
    text.withUTF8 { pool.append(contentsOf: $0) }
    return make(
      Node(
        kind: .scalar, style: style, tag: tag, first: start, last: UInt32(pool.count) - start))
  }

  /// A new whole number.
  public mutating func makeInteger(_ value: Int) -> NodeID { makeScalar(String(value)) }

  /// A new boolean.
  public mutating func makeBool(_ value: Bool) -> NodeID { makeScalar(value ? "true" : "false") }

  /// A new null.
  public mutating func makeNull() -> NodeID { makeScalar("null", tag: .null) }

  /// A new mapping without entries.
  public mutating func makeMapping(style: YAMLStyle = .block) -> NodeID {
    make(
      Node(kind: .mapping, style: style, tag: .none, first: ValueTree.none, last: ValueTree.none))
  }

  /// A new sequence without elements.
  public mutating func makeSequence(style: YAMLStyle = .block) -> NodeID {
    make(
      Node(kind: .sequence, style: style, tag: .none, first: ValueTree.none, last: ValueTree.none))
  }
}
