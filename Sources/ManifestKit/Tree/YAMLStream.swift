public import SourceText

/// A parsed YAML (or JSON) file: its documents, every node with its exact bytes, and the bytes.
///
/// The tree is lossless in the sense that matters for editing: each node knows the bytes it was
/// written in, its style, anchor and tag, so a change can be spliced in without printing the file
/// again. Values are cheap to copy; all handles share one immutable storage.
///
///     let stream = try YAMLStream(parsing: SourceFile(name: "web.yaml", text: "replicas: 3 # x\n"))
///     let replicas = stream.documents[0].root["replicas"]
///     replicas?.text  // "3"
public struct YAMLStream: Sendable {
  let storage: YAMLStorage

  /// The file the stream was read from.
  public var source: SourceFile { storage.source }

  /// The number the file has in the diagnostics of this stream.
  public var file: SourceFile.ID { storage.file }

  /// How many bytes of memory the tree takes beside those of the file.
  public var treeByteCount: Int {
    storage.nodes.capacity * MemoryLayout<YAMLRawNode>.stride + storage.decoded.capacity
      + storage.documents.capacity * MemoryLayout<YAMLRawDocument>.stride
      + storage.properties.capacity * MemoryLayout<(UInt32, YAMLProperties)>.stride
  }

  /// The documents in order. A stream of nothing but comments has none.
  public var documents: [YAMLDocument] {
    storage.documents.indices.map { YAMLDocument(storage: storage, index: $0) }
  }
}

/// One document of a ``YAMLStream``.
public struct YAMLDocument: Sendable {
  let storage: YAMLStorage
  /// The position in the stream, from 0.
  public let index: Int

  /// The document's value. An empty document has an empty plain scalar, which reads as null.
  public var root: YAMLNode {
    YAMLNode(storage: storage, index: storage.documents[index].root)
  }

  /// The bytes from the document's start marker, if written, to its end.
  public var range: Range<Int> {
    let document = storage.documents[index]
    return Int(document.start)..<Int(document.end)
  }

  /// Whether the document starts with `---`.
  public var hasStartMarker: Bool { storage.documents[index].isExplicit }

  /// Whether the document ends with `...`.
  public var hasEndMarker: Bool { storage.documents[index].hasEndMarker }
}
