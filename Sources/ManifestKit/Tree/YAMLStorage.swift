internal import SourceText

/// Everything that was read from one stream. Immutable and shared by all handles into it, which is
/// why it is a class: a handle then costs one reference.
final class YAMLStorage: Sendable {
  let source: SourceFile
  let file: SourceFile.ID
  /// All nodes in the order they begin; a collection's descendants follow it directly.
  let nodes: [YAMLRawNode]
  /// The text of scalars whose spelling is not their text (escapes, folding, indentation).
  let decoded: [UInt8]
  let documents: [YAMLRawDocument]
  let properties: [UInt32: YAMLProperties]

  init(
    source: SourceFile, file: SourceFile.ID, nodes: [YAMLRawNode], decoded: [UInt8],
    documents: [YAMLRawDocument], properties: [UInt32: YAMLProperties]
  ) {
    self.source = source
    self.file = file
    self.nodes = nodes
    self.decoded = decoded
    self.documents = documents
    self.properties = properties
  }
}

/// One node: 20 bytes.
struct YAMLRawNode: Sendable {
  enum Kind: UInt8 {
    case scalar
    case mapping
    case sequence
    case alias
  }

  /// The node's own bytes, without anchor and tag.
  var start: UInt32
  var end: UInt32
  /// A scalar: where its text starts. A collection: the number of the first node after it. An
  /// alias: the number of the node it stands for.
  var first: UInt32
  /// A scalar: the length of its text. A collection: how many children it has.
  var count: UInt32
  var kind: Kind
  var style: YAMLStyle
  /// Whether a scalar's text is in the decoded text rather than in the source.
  var isDecoded = false
  var hasProperties = false
}

/// Anchor and tag of a node; few nodes have any.
struct YAMLProperties: Sendable {
  var start: UInt32
  /// Where the later of the two ends.
  var end: UInt32
  var anchor: String?
  var tag: String?
}

/// One document of a stream.
struct YAMLRawDocument: Sendable {
  var root: UInt32
  var start: UInt32
  var end: UInt32
  var isExplicit: Bool
  var hasEndMarker: Bool
}
