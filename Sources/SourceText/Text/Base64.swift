/// Base64 (RFC 4648, section 4), as YAML's `!!binary` and Kubernetes' Secrets use it.
public enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The padded text of some bytes.
  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var result: [UInt8] = []
    var buffer = 0
    var bits = 0
    for byte in bytes {
      buffer = buffer << 8 | Int(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        result.append(alphabet[buffer >> bits & 63])
      }
    }
    if bits > 0 { result.append(alphabet[buffer << (6 - bits) & 63]) }
    while result.count % 4 != 0 { result.append(UInt8(ascii: "=")) }
    return String(decoding: result, as: UTF8.self)
  }

  /// The bytes of padded text, line breaks ignored, or `nil` where it is not base64.
  public static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    decode(bytes: Array(text))
  }

  /// The same for bytes that lie together, which is where the time goes.
  private static func decode(bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count / 4 * 3)
    var buffer = 0
    var bits = 0
    var count = 0
    var padding = 0
    for byte in bytes where byte != 0x0A && byte != 0x0D {
      count += 1
      let value: Int
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = Int(byte - UInt8(ascii: "A"))
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = Int(byte - UInt8(ascii: "a")) + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = Int(byte - UInt8(ascii: "0")) + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      case UInt8(ascii: "="):
        padding += 1
        continue
      default: return nil
      }
      guard padding == 0 else { return nil }
      buffer = (buffer << 6 | value) & 0x3FFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        result.append(UInt8(truncatingIfNeeded: buffer >> bits))
      }
    }
    return count % 4 == 0 && padding <= 2 ? result : nil
  }
}
