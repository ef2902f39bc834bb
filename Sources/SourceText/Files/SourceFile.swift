/// One input as it was read: a name to show people, and the bytes.
///
/// Spans are byte offsets into ``bytes``; lines and columns are computed only when something is
/// printed (see ``LineIndex``).
public struct SourceFile: Sendable {
  /// Identifies a file within one ``SourceFiles``.
  public struct ID: Hashable, Sendable, Comparable {
    /// The position in the set the identifier came from.
    public let rawValue: UInt32

    /// Creates an identifier from its position.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Orders identifiers by the time their file was added.
    public static func < (left: ID, right: ID) -> Bool { left.rawValue < right.rawValue }
  }

  /// The path as the user gave it, or a placeholder such as `<stdin>`.
  public let name: String
  /// The unaltered contents. At most `UInt32.max` bytes are addressable by a ``SourceSpan``.
  public let bytes: [UInt8]
  /// How many lines of the file come before these bytes, where they are a piece of it.
  public let precedingLines: Int
  /// How many bytes of the file come before these, where they are a piece of it.
  public let precedingBytes: Int

  /// Creates a file, or a piece of one, from contents that are already in memory.
  public init(name: String, bytes: [UInt8], precedingLines: Int = 0, precedingBytes: Int = 0) {
    self.name = name
    self.bytes = bytes
    self.precedingLines = precedingLines
    self.precedingBytes = precedingBytes
  }

  /// Creates a file from text.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The text of a range of bytes; ill-formed UTF-8 is shown as U+FFFD.
  public func text(_ range: Range<Int>) -> String {
    let clamped = range.clamped(to: 0..<bytes.count)
    return String(decoding: bytes[clamped], as: UTF8.self)
  }
}
