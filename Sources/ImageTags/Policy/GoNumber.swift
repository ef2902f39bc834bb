/// Numbers as Go's `strconv.ParseFloat` reads them, since that is what a numerical policy compares.
enum GoNumber {
  /// The value of a decimal or hexadecimal number, `inf`, `infinity` or `nan`; `nil` for other text
  /// and for a number beyond the range of a `Double`. A hexadecimal number needs its `p` exponent; `_`
  /// may stand between digits.
  static func parse(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    if bytes.count <= 18, bytes.allSatisfy(\.isDigit), let value = UInt64(text) {
      return Double(value)
    }
    var position = 0
    var isNegative = false
    if bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") {
      isNegative = bytes[0] == UInt8(ascii: "-")
      position = 1
    }
    switch String(decoding: bytes[position...], as: UTF8.self).lowercased() {
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    case "nan": return position == 0 ? .nan : nil
    default: break
    }
    guard hasNumberSyntax(bytes[position...]) else { return nil }
    let digits = bytes.filter { $0 != UInt8(ascii: "_") }
    guard let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  private static func hasNumberSyntax(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    let isHexadecimal = rest.starts(with: [0x30, 0x78]) || rest.starts(with: [0x30, 0x58])
    guard underscoresSeparateDigits(rest, isHexadecimal) else { return false }
    if isHexadecimal { rest = rest.dropFirst(2) }
    func isDigit(_ byte: UInt8) -> Bool {
      byte.isDigit || isHexadecimal && byte.isLetter && (byte | 0x20) <= UInt8(ascii: "f")
    }
    var digits = 0
    var dots = 0
    while let byte = rest.first, isDigit(byte) || byte == UInt8(ascii: ".") || byte == 0x5F {
      if isDigit(byte) { digits += 1 }
      if byte == UInt8(ascii: ".") { dots += 1 }
      rest = rest.dropFirst()
    }
    guard digits > 0, dots <= 1 else { return false }
    guard let sign = rest.first else { return !isHexadecimal }
    guard sign | 0x20 == UInt8(ascii: isHexadecimal ? "p" : "e") else { return false }
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
      rest = rest.dropFirst()
    }
    return rest.first?.isDigit ?? false && rest.allSatisfy { $0.isDigit || $0 == 0x5F }
  }

  private static func underscoresSeparateDigits(
    _ bytes: ArraySlice<UInt8>, _ isHexadecimal: Bool
  ) -> Bool {
    guard bytes.contains(0x5F) else { return true }
    // A base prefix counts as a digit.
    var last: UInt8 = isHexadecimal ? 0x30 : 0
    for byte in isHexadecimal ? bytes.dropFirst(2) : bytes {
      if byte == 0x5F {
        guard last == 0x30 else { return false }
        last = 0x5F
      } else if byte.isDigit || isHexadecimal && byte.isLetter && byte | 0x20 <= UInt8(ascii: "f") {
        last = 0x30
      } else {
        guard last != 0x5F else { return false }
        last = 1
      }
    }
    return last != 0x5F
  }
}
