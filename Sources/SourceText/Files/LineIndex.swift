/// Maps byte offsets of one file to lines and columns.
///
/// Building it is O(n) in the file's bytes, a lookup O(log lines) plus the length of the line.
/// Line ends are `\n` and `\r\n`; a lone `\r` is an ordinary character.
public struct LineIndex: Sendable {
  /// A place as people count it: line and column from 1.
  public struct Position: Hashable, Sendable {
    /// Line, from 1.
    public let line: Int
    /// Column, from 1, counted in characters (grapheme clusters).
    public let column: Int
    /// Offset in the file's bytes, from 0.
    public let byte: Int
  }

  private let bytes: [UInt8]
  private let starts: [Int]
  private let precedingLines: Int
  private let precedingBytes: Int

  /// Indexes the lines of a file. Those of a piece are numbered as in the whole file.
  public init(_ file: SourceFile) {
    self.init(
      file.bytes, precedingLines: file.precedingLines, precedingBytes: file.precedingBytes)
  }

  /// Indexes the lines of some text.
  public init(bytes: [UInt8]) {
    self.init(bytes, precedingLines: 0, precedingBytes: 0)
  }

  private init(_ bytes: [UInt8], precedingLines: Int, precedingBytes: Int) {
    self.bytes = bytes
    self.precedingLines = precedingLines
    self.precedingBytes = precedingBytes
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      for index in buffer.indices where buffer[index] == UInt8(ascii: "\n") {
        starts.append(index + 1)
      }
    }
    self.starts = starts
  }

  /// How many lines there are; text that ends in a newline has an empty last line.
  public var lineCount: Int { starts.count }

  /// The position of a byte offset; offsets beyond the end give the end.
  public func position(of offset: Int) -> Position {
    let offset = min(max(0, offset), bytes.count)
    let line = lineNumber(of: offset)
    let start = startOfLine(line)
    return Position(
      line: line, column: columnCount(start..<offset) + 1, byte: offset + precedingBytes)
  }

  /// The number, from 1, of the line that holds a byte offset.
  public func lineNumber(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1 + precedingLines
  }

  /// The bytes of a line, without its line end; empty for a line that does not exist.
  public func bytes(ofLine line: Int) -> Range<Int> {
    let line = line - precedingLines
    guard line >= 1, line <= starts.count else { return bytes.count..<bytes.count }
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] - 1 : bytes.count
    if end > start, line < starts.count, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The text of a line, without its line end.
  public func text(ofLine line: Int) -> String {
    String(decoding: bytes[bytes(ofLine: line)], as: UTF8.self)
  }

  private func startOfLine(_ line: Int) -> Int {
    let start = starts[line - precedingLines - 1]
    let hasMark = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    return hasMark ? min(3, bytes.count) : start
  }

  private func columnCount(_ range: Range<Int>) -> Int {
    guard range.lowerBound < range.upperBound else { return 0 }
    let slice = bytes[range]
    if slice.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\r") }) { return slice.count }
    return String(decoding: slice, as: UTF8.self).count
  }
}
