/// Reads and spells numbers as Go's standard library does, which decides what Kubernetes' tools see
/// and print.
enum NumberText {
  /// The digits of a whole number in decimal without leading zeros; `nil` for other texts.
  static func wholeDigits(
    _ text: ArraySlice<UInt8>
  ) -> (isNegative: Bool, digits: ArraySlice<UInt8>)? {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return (isNegative, digits.drop { $0 == 0x30 })
  }

  /// A whole number in decimal, or with a `0x`, `0o`, `0b` or plain `0` prefix, as `ParseInt(…, 0)`.
  static func goInteger(_ text: ArraySlice<UInt8>) -> ScalarValue? {
    var digits = text
    let sign = digits.first
    let isNegative = sign == UInt8(ascii: "-")
    if isNegative || sign == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard let first = digits.first else { return nil }
    var base: UInt64 = 10
    if first == UInt8(ascii: "0"), digits.count > 1 {
      switch digits[digits.startIndex + 1] | 0x20 {
      case UInt8(ascii: "x"): (base, digits) = (16, digits.dropFirst(2))
      case UInt8(ascii: "o"): (base, digits) = (8, digits.dropFirst(2))
      case UInt8(ascii: "b"): (base, digits) = (2, digits.dropFirst(2))
      default: (base, digits) = (8, digits.dropFirst())
      }
    }
    guard let magnitude = magnitude(digits, base: base) else { return nil }
    if isNegative {
      return magnitude <= UInt64(Int64.max) + 1
        ? .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
    }
    if magnitude <= UInt64(Int64.max) { return .integer(Int64(magnitude)) }
    return sign == UInt8(ascii: "+") ? nil : .unsigned(magnitude)
  }

  /// A whole number of YAML 1.2's core schema.
  static func coreInteger(_ text: ArraySlice<UInt8>) -> ScalarValue? {
    if text.starts(with: "0x".utf8) { return magnitude(text.dropFirst(2), base: 16).map(whole) }
    if text.starts(with: "0o".utf8) { return magnitude(text.dropFirst(2), base: 8).map(whole) }
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
    guard let magnitude = magnitude(digits, base: 10) else { return nil }
    guard isNegative else { return whole(magnitude) }
    return magnitude <= UInt64(Int64.max) + 1
      ? .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
  }

  private static func whole(_ magnitude: UInt64) -> ScalarValue {
    magnitude <= UInt64(Int64.max) ? .integer(Int64(magnitude)) : .unsigned(magnitude)
  }

  private static func magnitude(_ digits: ArraySlice<UInt8>, base: UInt64) -> UInt64? {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in digits {
      let digit: UInt64
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt64(byte - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt64(byte - UInt8(ascii: "A")) + 10
      default: return nil
      }
      guard digit < base else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: base)
      let (sum, carry) = product.addingReportingOverflow(digit)
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// A decimal number with optional fraction and exponent; `nil` where it is not one or is too
  /// large for a `Double`.
  static func decimalFloat(_ text: ArraySlice<UInt8>) -> Double? {
    var position = text.startIndex
    func digits() -> Int {
      let start = position
      while position < text.endIndex, text[position] >= 0x30, text[position] <= 0x39 {
        position += 1
      }
      return position - start
    }
    if let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      position += 1
    }
    let whole = digits()
    var fraction = 0
    if position < text.endIndex, text[position] == UInt8(ascii: ".") {
      position += 1
      fraction = digits()
    }
    guard whole + fraction > 0 else { return nil }
    if position < text.endIndex, text[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < text.endIndex, text[position] == 0x2B || text[position] == 0x2D {
        position += 1
      }
      guard digits() > 0 else { return nil }
    }
    guard position == text.endIndex else { return nil }
    var spelling = String(decoding: text, as: UTF8.self)
    if spelling.hasPrefix("+") { spelling.removeFirst() }
    guard let value = Double(spelling), value.isFinite else { return nil }
    return value
  }

  /// Whether every underscore stands between two digits.
  static func separatesDigits(_ text: ArraySlice<UInt8>) -> Bool {
    let isDigit = { (byte: UInt8?) in byte.map { (0x30...0x39).contains($0) } ?? false }
    return text.indices.allSatisfy { index in
      text[index] != UInt8(ascii: "_")
        || index > text.startIndex && isDigit(text[index - 1])
          && isDigit(text.dropFirst(index - text.startIndex + 1).first)
    }
  }

  /// The shortest digits that read back as the number, and the power of ten of the first digit.
  private static func shortest(_ value: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var exponent = 0
    var pointAt: Int?
    let text = Array(value.magnitude.description.utf8)
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "."): pointAt = digits.count
      case UInt8(ascii: "e"):
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        index = text.count
        continue
      default: digits.append(text[index])
      }
      index += 1
    }
    var power = (pointAt ?? digits.count) - 1 + exponent
    while digits.count > 1, digits.first == UInt8(ascii: "0") {
      digits.removeFirst()
      power -= 1
    }
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return digits == [UInt8(ascii: "0")] ? (digits, 0) : (digits, power)
  }

  /// A finite number as Go's `encoding/json` spells it.
  static func json(_ value: Double) -> String {
    let (digits, power) = shortest(value)
    let sign = value.sign == .minus ? "-" : ""
    if value != 0, value.magnitude < 1e-6 || value.magnitude >= 1e21 {
      return sign + scientific(digits, power, padded: false)
    }
    return sign + positional(digits, power)
  }

  /// A finite number as Go's `FormatFloat(value, 'g', -1, 64)` spells it.
  static func general(_ value: Double) -> String {
    let (digits, power) = shortest(value)
    let sign = value.sign == .minus ? "-" : ""
    if power < -4 || power >= 6 { return sign + scientific(digits, power, padded: true) }
    return sign + positional(digits, power)
  }

  private static func scientific(_ digits: [UInt8], _ power: Int, padded: Bool) -> String {
    var text = String(decoding: digits.prefix(1), as: UTF8.self)
    if digits.count > 1 { text += "." + String(decoding: digits.dropFirst(), as: UTF8.self) }
    let magnitude = String(power.magnitude)
    text += power < 0 ? "e-" : "e+"
    return text + (padded && magnitude.count < 2 ? "0" : "") + magnitude
  }

  private static func positional(_ digits: [UInt8], _ power: Int) -> String {
    if power < 0 {
      let zeros = String(repeating: "0", count: -power - 1)
      return "0." + zeros + String(decoding: digits, as: UTF8.self)
    }
    if digits.count <= power + 1 {
      return String(decoding: digits, as: UTF8.self)
        + String(repeating: "0", count: power + 1 - digits.count)
    }
    return String(decoding: digits.prefix(power + 1), as: UTF8.self) + "."
      + String(decoding: digits.dropFirst(power + 1), as: UTF8.self)
  }
}
