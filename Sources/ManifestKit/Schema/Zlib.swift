internal import CZlib

/// Compression of the embedded tables (RFC 1950), through the system's zlib.
enum Zlib {
  /// Compresses as small as zlib can.
  static func deflate(_ bytes: [UInt8]) -> [UInt8]? {
    var size = compressBound(uLong(bytes.count))
    var output = [UInt8](repeating: 0, count: Int(size))
    guard compress2(&output, &size, bytes, uLong(bytes.count), 9) == Z_OK else { return nil }
    return Array(output.prefix(Int(size)))
  }

  /// Restores bytes whose number is known; `nil` for damaged input.
  static func inflate(_ bytes: [UInt8], size: Int) -> [UInt8]? {
    guard size >= 0, size < 1 << 28 else { return nil }
    var length = uLong(size)
    var output = [UInt8](repeating: 0, count: size)
    guard uncompress(&output, &length, bytes, uLong(bytes.count)) == Z_OK, length == uLong(size)
    else { return nil }
    return output
  }
}
