public import SourceText

/// Cuts a YAML stream into pieces of whole documents while it is being read, so that a stream of any
/// length can be worked on in the memory of one piece.
///
/// A line that begins with `---` begins a document wherever it stands, so no parsing is needed. The
/// pieces know their place in the file: diagnostics name the lines of the whole.
///
///     var pieces = DocumentPieces(of: "all.yaml")
///     while case let bytes = try reader.next(1 << 20), !bytes.isEmpty {
///       for piece in pieces.add(bytes) { try work(YAMLStream(parsing: piece)) }
///     }
///     if let last = pieces.finish() { try work(YAMLStream(parsing: last)) }
public struct DocumentPieces: Sendable {
  private let name: String
  private let size: Int
  private var bytes: [UInt8] = []
  /// Up to where `bytes` are known to hold no place to cut.
  private var searched = 0
  private var lines = 0
  private var offset = 0

  /// Starts on a file. Pieces have `size` bytes or a little less; a document that is longer is a piece
  /// by itself.
  public init(of name: String, size: Int = 1 << 22) {
    self.name = name
    self.size = size
  }

  /// Takes the file's next bytes and gives the pieces that are complete. O(bytes).
  public mutating func add(_ more: [UInt8]) -> [SourceFile] {
    bytes += more
    var pieces: [SourceFile] = []
    while bytes.count >= size, let cut = lastCut(below: size) ?? firstCut() {
      pieces.append(take(cut))
    }
    return pieces
  }

  /// What is left at the end of the file; `nil` where nothing is and something was before.
  public mutating func finish() -> SourceFile? {
    guard !bytes.isEmpty || offset == 0 else { return nil }
    return take(bytes.count)
  }

  private mutating func take(_ count: Int) -> SourceFile {
    let piece = SourceFile(
      name: name, bytes: Array(bytes[..<count]), precedingLines: lines, precedingBytes: offset)
    lines += piece.bytes.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
    offset += count
    bytes.removeFirst(count)
    searched = 0
    return piece
  }

  /// The last place to cut before an offset.
  private func lastCut(below limit: Int) -> Int? {
    var position = min(limit, bytes.count - 4)
    while position > searched {
      if isCut(position) { return position }
      position -= 1
    }
    return nil
  }

  /// The first place to cut, for a document longer than a piece.
  private mutating func firstCut() -> Int? {
    var position = max(searched, 1)
    while position + 4 <= bytes.count {
      if isCut(position) { return position }
      position += 1
    }
    searched = max(1, bytes.count - 4)
    return nil
  }

  /// Whether a document begins at an offset, and no directives stand before it.
  private func isCut(_ position: Int) -> Bool {
    guard bytes[position] == UInt8(ascii: "-"), bytes[position - 1] == 0x0A,
      bytes[position + 1] == UInt8(ascii: "-"), bytes[position + 2] == UInt8(ascii: "-"),
      bytes[position + 3] <= 0x20
    else { return false }
    var line = position - 1
    while line > 0 {
      let end = line
      while line > 0, bytes[line - 1] != 0x0A { line -= 1 }
      let content = bytes[line..<end].drop { $0 == 0x20 || $0 == 0x0D }
      if content.first == UInt8(ascii: "%") { return false }
      guard content.isEmpty || content.first == UInt8(ascii: "#") else { return true }
      line -= 1
    }
    return true
  }
}
