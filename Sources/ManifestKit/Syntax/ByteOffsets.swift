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
    guard bytes.dropFirst(base).contains(where: { $0 >= 0x80 }) else { return }
    checkpoints.reserveCapacity(bytes.count / Self.step + 1)
    var count = 0
    for index in base..<bytes.count where bytes[index] & 0xC0 != 0x80 {
      if count % Self.step == 0 { checkpoints.append(UInt32(index)) }
      count += 1
    }
  }

  /// The byte offset of a code point; positions beyond the end give the end.
  func byte(ofCodePoint index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard !checkpoints.isEmpty else { return min(base + index, bytes.count) }
    let checkpoint = index / Self.step
    guard checkpoint < checkpoints.count else { return bytes.count }
    var offset = Int(checkpoints[checkpoint])
    var left = index % Self.step
    while left > 0, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return offset
  }
}
