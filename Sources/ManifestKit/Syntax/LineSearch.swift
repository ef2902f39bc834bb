#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Looks for lines that begin with some text.
enum LineSearch {
  /// The offset of the first line, behind a line break at or after `start`, that begins with a text.
  static func line(
    beginningWith text: StaticString, in bytes: UnsafeRawBufferPointer, after start: Int
  ) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let length = text.utf8CodeUnitCount
    var position = start
    while position + length < bytes.count,
      let lineBreak = memchr(base + position, 0x0A, bytes.count - position - length)
    {
      position = UnsafeRawPointer(lineBreak) - base + 1
      if memcmp(base + position, text.utf8Start, length) == 0 { return position }
    }
    return nil
  }

  /// The offset of the first `%TAG` line that is one too many: libyaml compares each with all before
  /// it. No manifest has any.
  static func excessiveTagDirective(in bytes: UnsafeRawBufferPointer) -> Int? {
    var position = 0
    for _ in 0...maximumTagDirectives {
      guard let next = line(beginningWith: "%TAG", in: bytes, after: position) else { return nil }
      position = next
    }
    return position
  }

  /// So many cost milliseconds.
  static let maximumTagDirectives = 1000
}
