/// One change to a file: replace a range of bytes, leave every other byte alone.
public struct TextEdit: Hashable, Sendable {
  /// The bytes to replace; an empty range inserts.
  public var range: Range<Int>
  /// What to put there.
  public var replacement: [UInt8]

  /// Creates an edit from bytes.
  public init(range: Range<Int>, replacement: [UInt8]) {
    self.range = range
    self.replacement = replacement
  }

  /// Creates an edit from text.
  public init(range: Range<Int>, replacement: String) {
    self.init(range: range, replacement: Array(replacement.utf8))
  }

  /// Why a set of edits cannot be applied.
  public enum Conflict: Error, Hashable, Sendable {
    /// Two edits touch the same bytes.
    case overlap(Range<Int>, Range<Int>)
    /// An edit reaches beyond the end of the text.
    case outOfBounds(Range<Int>)
  }

  /// Applies edits, in any order, to some bytes.
  ///
  /// Insertions at one offset keep the order they are given in. O(n + e log e).
  public static func apply(_ edits: [TextEdit], to bytes: [UInt8]) throws(Conflict) -> [UInt8] {
    let ordered = edits.enumerated()
      .sorted {
        ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
          < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
      }
      .map(\.element)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.count })
    var position = 0
    var last: Range<Int> = 0..<0
    for edit in ordered {
      guard edit.range.lowerBound >= 0, edit.range.upperBound <= bytes.count else {
        throw .outOfBounds(edit.range)
      }
      guard edit.range.lowerBound >= position else { throw .overlap(last, edit.range) }
      result += bytes[position..<edit.range.lowerBound]
      result += edit.replacement
      position = edit.range.upperBound
      last = edit.range
    }
    result += bytes[position...]
    return result
  }
}
