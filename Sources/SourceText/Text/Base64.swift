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

  /// The value of every byte; 64 for `=`, 65 for a line break, 66 for what is not base64.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 66, count: 256)
    for (index, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(index) }
    values[Int(UInt8(ascii: "="))] = 64
    values[0x0A] = 65
    values[0x0D] = 65
    return values
  }()

  /// The same for bytes that lie together, which is where the time goes.
  private static func decode(bytes: [UInt8]) -> [UInt8]? {
    var isValid = true
    let result = [UInt8](unsafeUninitializedCapacity: bytes.count / 4 * 3 + 3) { output, length in
      let values = Self.values
      var buffer: UInt32 = 0
      var bits = 0
      var count = 0
      var padding = 0
      for byte in bytes {
        let value = values[Int(byte)]
        guard value < 64 else {
          if value == 65 { continue }
          if value == 66 { isValid = false }
          count += 1
          padding += 1
          continue
        }
        if padding > 0 { isValid = false }
        count += 1
        buffer = buffer << 6 | UInt32(value)
        bits += 6
        if bits >= 8 {
          bits -= 8
          output[length] = UInt8(truncatingIfNeeded: buffer >> UInt32(bits))
          length += 1
        }
      }
      if count % 4 != 0 || padding > 2 { isValid = false }
    }
    return isValid ? result : nil
  }
}
