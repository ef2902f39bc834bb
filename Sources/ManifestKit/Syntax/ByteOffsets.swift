/// Turns libyaml's positions, which count code points, into byte offsets.
///
/// For ASCII the two are equal. Otherwise the offset of every 64th code point is remembered and the
/// rest counted from there, so a lookup is O(1) and the table a sixteenth of the text.
struct ByteOffsets {
  private static let step = 64
  private let base: Int
  private var checkpoints: [UInt32] = []

  /// Indexes the text; a byte order mark is not counted by libyaml.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    base = hasMark ? 3 : 0
    let raw = UnsafeRawBufferPointer(bytes)
    guard !Self.isASCII(raw, from: base) else { return }
    checkpoints.reserveCapacity(bytes.count / Self.step + 1)
    var index = base
    var count = 0
    while index < bytes.count {
      if count % Self.step == 0 { checkpoints.append(UInt32(index)) }
      // Eight bytes of ASCII at once where they do not reach the next checkpoint.
      if count % 8 == 0, index + 8 <= bytes.count, Self.isASCIIWord(raw, index) {
        index += 8
        count += 8
        continue
      }
      index += 1
      while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
      count += 1
    }
  }

  private static func isASCIIWord(_ raw: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
  }

  private static func isASCII(_ raw: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var index = start
    while index + 8 <= raw.count {
      guard isASCIIWord(raw, index) else { return false }
      index += 8
    }
    return raw[index...].allSatisfy { $0 < 0x80 }
  }

  /// The byte offset of a code point; positions beyond the end give the end.
  func byte(ofCodePoint index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard !checkpoints.isEmpty else { return min(base + index, bytes.count) }
    let checkpoint = index / Self.step
    guard checkpoint < checkpoints.count else { return bytes.count }
    var offset = Int(checkpoints[checkpoint])
    var left = index % Self.step
    // A step without other than ASCII characters is as many bytes long as it has characters.
    if checkpoint + 1 < checkpoints.count, Int(checkpoints[checkpoint + 1]) == offset + Self.step {
      return offset + left
    }
    while left > 0, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return offset
  }
}
