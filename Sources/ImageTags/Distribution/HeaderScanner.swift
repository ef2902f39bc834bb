/// Reads the tokens and quoted strings of structured header fields (RFC 9110, section 5.6).
struct HeaderScanner {
  private let bytes: [UInt8]
  var position = 0

  init(_ text: String) { self.bytes = Array(text.utf8) }

  var isAtEnd: Bool { position >= bytes.count }

  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func advance() { position += 1 }

  mutating func skip(_ wanted: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: wanted) else { return false }
    position += 1
    return true
  }

  mutating func skipSpace() {
    while current == 0x20 || current == 0x09 { position += 1 }
  }

  mutating func token() -> String? {
    take { $0.isDigit || $0.isLetter || Self.tokenSigns.contains($0) }
  }

  /// A token or a quoted string, after white space.
  mutating func value() -> String? {
    skipSpace()
    return current == UInt8(ascii: "\"") ? quotedString() : token()
  }

  mutating func quotedString() -> String? {
    guard skip("\"") else { return nil }
    var value: [UInt8] = []
    while let byte = current {
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: value, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), let next = current {
        position += 1
        value.append(next)
      } else {
        value.append(byte)
      }
    }
    return nil
  }

  @discardableResult
  mutating func take(while isWanted: (UInt8) -> Bool) -> String? {
    let start = position
    while let byte = current, isWanted(byte) { position += 1 }
    return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
  }

  private static let tokenSigns = Set("!#$%&'*+-.^_`|~".utf8)
}
