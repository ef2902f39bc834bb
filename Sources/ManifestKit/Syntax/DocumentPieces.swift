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
  private let maximumBytes: Int
  private var bytes: [UInt8] = []
  /// Up to where `bytes` have been searched for places to cut.
  private var searched = 0
  /// The last place to cut that leaves no more than a piece before it.
  private var lastCut: Int?
  private var lines = 0
  private var offset = 0

  /// Whether a document was longer than the limits allow. Its beginning was the last piece: what comes
  /// behind it in the file need not be read.
  public private(set) var isRefused = false

  /// Starts on a file. Pieces have `size` bytes or a little less; a document that is longer is a piece
  /// by itself. Of one that is longer than the limits allow the piece is its beginning, more than may
  /// be parsed.
  public init(of name: String, size: Int = 1 << 22, limits: YAMLLimits = YAMLLimits()) {
    self.name = name
    self.size = size
    maximumBytes = limits.maximumBytes
  }

  /// Takes the file's next bytes and gives the pieces that are complete. O(bytes).
  public mutating func add(_ more: [UInt8]) -> [SourceFile] {
    guard !isRefused else { return [] }
    bytes += more
    var pieces: [SourceFile] = []
    while bytes.count >= size, let cut = nextCut() { pieces.append(take(cut)) }
    if bytes.count > maximumBytes {
      pieces.append(take(bytes.count))
      isRefused = true
    }
    return pieces
  }

  /// What is left at the end of the file; `nil` where nothing is and something was before.
  public mutating func finish() -> SourceFile? {
    bytes.isEmpty && offset > 0 ? nil : take(bytes.count)
  }

  private mutating func take(_ count: Int) -> SourceFile {
    let isAll = count == bytes.count
    let piece = SourceFile(
      name: name, bytes: isAll ? bytes : Array(bytes[..<count]), precedingLines: lines,
      precedingBytes: offset)
    if isAll { bytes = [] } else { bytes.removeFirst(count) }
    lines += piece.bytes.withUnsafeBufferPointer { $0.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } }
    offset += count
    searched = 0
    lastCut = nil
    return piece
  }

  /// Where the next piece ends: at the last place to cut within its size or, where a document is longer
  /// than that, at the first behind it.
  private mutating func nextCut() -> Int? {
    while let position = candidate(from: searched) {
      // The byte behind the marker decides.
      guard position + 3 < bytes.count else { break }
      searched = position
      guard isCut(position) else { continue }
      if position > size { return lastCut ?? position }
      lastCut = position
    }
    return lastCut
  }

  /// The next line behind an offset that begins with `---`.
  private mutating func candidate(from start: Int) -> Int? {
    let found = bytes.withUnsafeBytes {
      LineSearch.line(beginningWith: "---", in: $0, after: start)
    }
    if found == nil { searched = max(start, bytes.count - 3) }
    return found
  }

  /// Whether a document begins at an offset, and no directives stand before it.
  private func isCut(_ position: Int) -> Bool {
    guard bytes[position + 3] <= 0x20 else { return false }
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
