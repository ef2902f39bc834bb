/// YAML as Kubernetes' own tools print it, byte for byte what `kustomize build` writes.
///
/// Keys are sorted in natural order, collections are laid out by indentation with lists not
/// indented under their key, strings are quoted only where they must be, strings of several lines
/// become block scalars, numbers take one spelling, and long plain and quoted scalars wrap at about
/// 80 columns.
public enum CanonicalYAML {
  /// Why a value cannot be written: it has no JSON form, which canonical output needs.
  public struct Failure: Error, Hashable, Sendable {
    /// The kinds of obstacle.
    public enum Reason: Hashable, Sendable {
      /// A key of a mapping is not a string (`1: a`, `true: b`).
      case keyIsNotString
      /// A mapping has this key twice.
      case duplicateKey
      /// Infinity or not-a-number.
      case notFinite
      /// A scalar's text does not fit its tag (`!!int x`).
      case tagMismatch
      /// A `!!binary` scalar is not base64.
      case badBase64
    }

    /// The node at fault.
    public let node: ValueTree.NodeID
    /// What is wrong with it.
    public let reason: Reason
    /// The node's text.
    public let text: String

    /// The failure in words.
    public var message: String {
      switch reason {
      case .keyIsNotString: "the key '\(text)' is not a string; put it in quotes"
      case .duplicateKey: "the key '\(text)' is there twice"
      case .notFinite: "\(text) has no place in JSON, nor in a Kubernetes object"
      case .tagMismatch: "'\(text)' does not fit its tag"
      case .badBase64: "a binary value is not base64"
      }
    }
  }

  /// Appends a node as a document, with a newline at its end and no `---`.
  ///
  /// With `refoldsText` folded text (`>`) changes as it does on its way through Kustomize, which
  /// writes it folded and reads it again: some of its line breaks are doubled.
  ///
  /// - Complexity: O(text + keys log keys).
  public static func write(
    _ node: ValueTree.NodeID, in tree: ValueTree, to output: inout [UInt8],
    refoldsText: Bool = false
  ) throws(Failure) {
    var emitter = CanonicalEmitter(tree: tree, output: output, refoldsText: refoldsText)
    output = []
    defer { output = emitter.output }
    try emitter.writeDocument(node)
  }

  /// A node as a document.
  public static func text(
    of node: ValueTree.NodeID, in tree: ValueTree
  ) throws(Failure) -> String {
    var output: [UInt8] = []
    try write(node, in: tree, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Documents one after the other, with `---` between them.
  public static func text(
    of nodes: [ValueTree.NodeID], in tree: ValueTree
  ) throws(Failure) -> String {
    var output: [UInt8] = []
    for (index, node) in nodes.enumerated() {
      if index > 0 { output += "---\n".utf8 }
      try write(node, in: tree, to: &output)
    }
    return String(decoding: output, as: UTF8.self)
  }
}
