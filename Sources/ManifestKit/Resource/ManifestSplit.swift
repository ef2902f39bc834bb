internal import SourceText

/// One file for each object, and back.
///
/// Streams may be handed on one after the other as they are read: only the names given so far are kept.
///
///     var split = ManifestSplit()
///     for part in split.parts(of: stream) { try write(part.bytes, to: part.name) }
public struct ManifestSplit: Sendable {
  /// A file that a split makes.
  public struct Part: Sendable {
    /// A stable name: `deployment-web.yaml`, or `prod-deployment-web.yaml` in a namespace.
    public let name: String
    /// The document as it was written, comments above it included.
    public let bytes: [UInt8]
  }

  /// How often each name has been given.
  private var counts: [String: Int] = [:]
  /// The last byte of what has been joined so far.
  private var last: UInt8?

  /// Starts without names.
  public init() {}

  /// The documents of the next stream as files; empty documents are left out.
  ///
  /// Objects that would get one name are told apart by a number.
  public mutating func parts(of stream: YAMLStream) -> [Part] {
    var parts: [Part] = []
    for (document, bytes) in Self.filled(stream) {
      let base = Self.fileName(of: document.root)
      var name = base
      // A name with a number may be that of another object.
      while let count = counts[name] {
        counts[name] = count + 1
        name = "\(base)-\(count + 1)"
      }
      counts[name] = 1
      parts.append(Part(name: name + ".yaml", bytes: bytes))
    }
    return parts
  }

  /// The documents that hold something, with their bytes; the comments of one that holds nothing else
  /// go to the next, or to the last.
  private static func filled(_ stream: YAMLStream) -> [(document: YAMLDocument, bytes: [UInt8])] {
    var filled: [(document: YAMLDocument, bytes: [UInt8])] = []
    var comments: [UInt8] = []
    for document in stream.documents {
      let bytes = contents(of: document, in: stream)
      if document.root.kind == .scalar, document.root.text.isEmpty {
        if bytes.contains(UInt8(ascii: "#")) { comments += bytes }
        continue
      }
      filled.append((document, comments + bytes))
      comments = []
    }
    if !comments.isEmpty, !filled.isEmpty { filled[filled.count - 1].bytes += comments }
    return filled
  }

  /// The next stream as it goes behind those before it, with `---` where it is missing between two
  /// documents.
  public mutating func joined(_ stream: YAMLStream) -> [UInt8] {
    var output: [UInt8] = []
    for (_, bytes) in Self.filled(stream) {
      if let last {
        if last != 0x0A { output.append(0x0A) }
        // A marker with a tag or comment behind it is still there, and so is one behind directives,
        // before which the document before must end.
        if !Self.hasMarker(bytes) {
          output += "---\n".utf8
        } else if bytes.first == UInt8(ascii: "%") {
          output += "...\n".utf8
        }
      }
      output += bytes
      last = bytes.last ?? last
    }
    return output
  }

  private static func fileName(of root: YAMLNode) -> String {
    guard let id = ResourceID(of: root) else { return "document" }
    let words = [id.namespace, id.kind.kind, id.name].filter { !$0.isEmpty }
    let safe = words.joined(separator: "-").lowercased().utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        byte
      default: UInt8(ascii: "_")
      }
    }
    return String(decoding: safe.prefix(200), as: UTF8.self)
  }

  /// The bytes from behind the document's start marker to the next marker.
  private static func contents(of document: YAMLDocument, in stream: YAMLStream) -> [UInt8] {
    let bytes = stream.source.bytes
    let documents = stream.storage.documents
    var start = document.index == 0 ? 0 : Int(documents[document.index].start)
    if document.index == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    let next = document.index + 1 < documents.count ? Int(documents[document.index + 1].start) : nil
    var text = Array(bytes[start..<(next ?? bytes.count)])
    // The marker line goes when nothing else stands in it.
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    if let index = lines.firstIndex(where: { isMarker($0, "---") }),
      !lines[..<index].contains(where: { $0.first == UInt8(ascii: "%") })
    {
      lines.remove(at: index)
    }
    lines.removeAll { isMarker($0, "...") }
    text = Array(lines.joined(separator: [0x0A]))
    // Line ends at the end may be part of a block scalar's text.
    let end = next == nil ? stream.storage.nodes.count : Int(documents[document.index + 1].root)
    let last = stream.storage.nodes[end - 1]
    guard last.style != .literal, last.style != .folded else { return text }
    while text.count > 1, text.last == 0x0A, text[text.count - 2] == 0x0A { text.removeLast() }
    if text.last != 0x0A { text.append(0x0A) }
    return text
  }

  private static func hasMarker(_ bytes: [UInt8]) -> Bool {
    bytes.split(separator: 0x0A).contains { line in
      line.starts(with: "---".utf8) && (line.count == 3 || line[line.startIndex + 3] <= 0x20)
    }
  }

  private static func isMarker(_ line: ArraySlice<UInt8>, _ marker: String) -> Bool {
    line.starts(with: marker.utf8)
      && line.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
  }
}
