public import SourceText

/// A node of a parsed document: a handle of two words, cheap to copy and pass around.
public struct YAMLNode: Sendable {
  /// The kinds of node.
  public enum Kind: Hashable, Sendable {
    /// A single value.
    case scalar
    /// Keys and values.
    case mapping
    /// A list.
    case sequence
    /// A reference (`*name`) to a node with an anchor.
    case alias
  }

  let storage: YAMLStorage
  let index: UInt32

  var raw: YAMLRawNode { storage.nodes[Int(index)] }

  /// What the node is.
  public var kind: Kind {
    switch raw.kind {
    case .scalar: .scalar
    case .mapping: .mapping
    case .sequence: .sequence
    case .alias: .alias
    }
  }

  /// How the node is written.
  public var style: YAMLStyle { raw.style }

  /// The node's own bytes: quotes and brackets included, anchor and tag not. Where a collection is
  /// laid out by indentation the range ends with its last child, before any comment that follows.
  public var range: Range<Int> { Int(raw.start)..<Int(raw.end) }

  /// The bytes with anchor and tag.
  public var rangeWithProperties: Range<Int> {
    Int(storage.properties[index]?.start ?? raw.start)..<Int(raw.end)
  }

  /// The node's own bytes as a span.
  public var span: SourceSpan { SourceSpan(file: storage.file, bytes: range) }

  /// The anchor's name, without `&`; for an alias the name it refers to.
  public var anchor: String? { raw.hasProperties ? storage.properties[index]?.anchor : nil }

  /// The tag as it resolves (`tag:yaml.org,2002:str`, `!local`), or `nil` where none is written.
  public var tag: String? { raw.hasProperties ? storage.properties[index]?.tag : nil }

  /// The node an alias stands for; any other node itself.
  public var resolved: YAMLNode {
    raw.kind == .alias ? YAMLNode(storage: storage, index: raw.first) : self
  }

  /// The text of a scalar, decoded; empty for collections.
  public var text: String { String(decoding: textBytes, as: UTF8.self) }

  /// The UTF-8 of a scalar's text; empty for collections.
  public var textBytes: ArraySlice<UInt8> {
    let raw = raw
    guard raw.kind == .scalar else { return [] }
    let range = Int(raw.first)..<Int(raw.first) + Int(raw.count)
    return raw.isDecoded ? storage.decoded[range] : storage.source.bytes[range]
  }

  /// Whether a scalar's text is exactly this.
  public func hasText(_ text: String) -> Bool {
    let raw = raw
    guard raw.kind == .scalar, raw.count == text.utf8.count else { return false }
    return textBytes.elementsEqual(text.utf8)
  }

  /// How many entries or elements a collection has; 0 for scalars.
  public var count: Int {
    switch raw.kind {
    case .mapping: Int(raw.count) / 2
    case .sequence: Int(raw.count)
    case .scalar, .alias: 0
    }
  }

  /// The elements of a sequence in order; none for other kinds.
  public var elements: YAMLNodes {
    YAMLNodes(storage: storage, next: index + 1, left: raw.kind == .sequence ? raw.count : 0)
  }

  /// The entries of a mapping in order; none for other kinds.
  public var entries: YAMLEntries {
    YAMLEntries(
      nodes: YAMLNodes(
        storage: storage, next: index + 1, left: raw.kind == .mapping ? raw.count : 0))
  }

  /// The value of the last entry with this key, aliases resolved, or the one that merge keys (`<<`)
  /// bring in, or `nil`. O(entries).
  public subscript(key: String) -> YAMLNode? {
    if let entry = entry(key) { return entry.value.resolved }
    for mapping in mergedMappings {
      if let value = mapping[key] { return value }
    }
    return nil
  }

  /// The last entry with this key. O(entries).
  public func entry(_ key: String) -> YAMLEntry? {
    var found: YAMLEntry?
    for entry in entries where entry.key.resolved.hasText(key) { found = entry }
    return found
  }

  /// The element at an index, aliases resolved, or `nil`. O(index).
  public subscript(index: Int) -> YAMLNode? {
    guard index >= 0, index < count, raw.kind == .sequence else { return nil }
    return elements.dropFirst(index).first { _ in true }?.resolved
  }

  /// The value that a path of keys leads to.
  public subscript(path: [String]) -> YAMLNode? {
    var node: YAMLNode? = self
    for key in path { node = node?[key] }
    return node
  }
}

extension YAMLNode: Hashable {
  /// Whether two handles are the same node of the same stream.
  public static func == (left: YAMLNode, right: YAMLNode) -> Bool {
    left.storage === right.storage && left.index == right.index
  }

  /// Hashes the identity of the node.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(storage))
    hasher.combine(index)
  }
}

/// A key and its value.
public struct YAMLEntry: Sendable {
  /// The key.
  public let key: YAMLNode
  /// The value.
  public let value: YAMLNode
}

/// The children of a sequence, in order.
public struct YAMLNodes: Sequence, IteratorProtocol, Sendable {
  let storage: YAMLStorage
  private var position: UInt32
  private var left: UInt32

  init(storage: YAMLStorage, next: UInt32, left: UInt32) {
    self.storage = storage
    self.position = next
    self.left = left
  }

  /// The next child.
  public mutating func next() -> YAMLNode? {
    guard left > 0 else { return nil }
    left -= 1
    let node = YAMLNode(storage: storage, index: position)
    position = storage.nodes[Int(position)].indexAfter(position)
    return node
  }
}

/// The entries of a mapping, in order.
public struct YAMLEntries: Sequence, IteratorProtocol, Sendable {
  var nodes: YAMLNodes?

  /// The entries of nothing.
  static let none = YAMLEntries(nodes: nil)

  /// The next entry.
  public mutating func next() -> YAMLEntry? {
    guard let key = nodes?.next(), let value = nodes?.next() else { return nil }
    return YAMLEntry(key: key, value: value)
  }
}

extension YAMLRawNode {
  /// The number of the node that follows this one and its descendants.
  func indexAfter(_ index: UInt32) -> UInt32 {
    switch kind {
    case .mapping, .sequence: first
    case .scalar, .alias: index + 1
    }
  }
}
