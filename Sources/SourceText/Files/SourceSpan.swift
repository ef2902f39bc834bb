/// A range of bytes in one file: 12 bytes, cheap enough to keep on every node.
public struct SourceSpan: Hashable, Sendable {
  /// The file the bytes are in.
  public var file: SourceFile.ID
  /// Offset of the first byte.
  public var start: UInt32
  /// Offset just past the last byte; equal to ``start`` for a position between two bytes.
  public var end: UInt32

  /// Creates a span from byte offsets; offsets beyond `UInt32.max` are cut to it.
  public init(file: SourceFile.ID, bytes: Range<Int>) {
    self.file = file
    self.start = UInt32(clamping: bytes.lowerBound)
    self.end = UInt32(clamping: bytes.upperBound)
  }

  /// Creates a span from offsets that are known to fit.
  public init(file: SourceFile.ID, start: UInt32, end: UInt32) {
    self.file = file
    self.start = start
    self.end = end
  }

  /// The byte offsets as a range.
  public var bytes: Range<Int> { Int(start)..<Int(max(start, end)) }

  /// The smallest span that covers both; spans of different files give `self`.
  public func union(_ other: SourceSpan) -> SourceSpan {
    guard file == other.file else { return self }
    let start = Int(min(start, other.start))
    return SourceSpan(file: file, bytes: start..<Int(max(end, other.end)))
  }
}
