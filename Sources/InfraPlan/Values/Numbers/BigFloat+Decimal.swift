extension BigFloat {
  /// Powers of five up to this one are taken exactly, greater ones to ``guardedPrecision``.
  static let exactPower = 1000

  /// Bits of an exact power of five, and enough beyond a result's last bit for any other one.
  static let guardedPrecision = 3 * exactPower

  /// Reads a decimal number, rounding to a precision; `nil` if the text is not one, or is longer or
  /// of a greater exponent than any use has.
  ///
  /// An optional sign, digits with an optional dot, an optional exponent.
  init?(decimal text: some StringProtocol, precision: Int = Number.fullPrecision) {
    guard let decimal = DecimalText(text) else { return nil }
    let mantissa = Natural(digits: decimal.digits) ?? Natural(0)
    // 10^s is 5^s × 2^s.
    let value = BigFloat(
      isNegative: decimal.isNegative, mantissa: mantissa, exponent: decimal.scale,
      precision: max(precision, mantissa.bitWidth))
    let power = Self.powerOfFive(abs(decimal.scale), precision: Self.guardedPrecision)
    let exact = decimal.scale >= 0 ? Self.product(value, power) : Self.quotient(value, power)
    self = exact.rounded(to: precision)
  }

  /// Plain decimal text, as few digits as identify the number.
  ///
  /// A number of more than a million digits is written with an exponent.
  var decimalText: String {
    let sign = isNegative ? "-" : ""
    guard !isZero else { return sign + "0" }
    if isInteger, magnitudeExponent <= precision {
      return sign + (mantissa << exponent).description
    }
    let decimal = shortestDigits
    guard abs(decimal.point) <= 1_000_000 else {
      return "\(sign)0.\(String(decoding: decimal.digits, as: UTF8.self))e\(decimal.point)"
    }
    return sign + decimal.plain(places: max(0, decimal.digits.count - decimal.point))
  }
}

/// The parts of a number written in decimal: `±digits × 10^scale`.
private struct DecimalText {
  var isNegative = false
  /// ASCII digits without leading zeros; empty for zero.
  var digits: [UInt8] = []
  var scale = 0

  init?(_ text: some StringProtocol) {
    var bytes = Array(text.utf8)[...]
    if let sign = bytes.first, sign == Byte.minus || sign == UInt8(ascii: "+") {
      isNegative = sign == Byte.minus
      bytes = bytes.dropFirst()
    }
    var seenDot = false
    var seenDigit = false
    while let byte = bytes.first, Byte.isDigit(byte) || byte == Byte.dot && !seenDot {
      bytes = bytes.dropFirst()
      guard byte != Byte.dot else {
        seenDot = true
        continue
      }
      seenDigit = true
      if !(digits.isEmpty && byte == 0x30) { digits.append(byte) }
      if seenDot { scale -= 1 }
    }
    guard seenDigit, digits.count <= 100_000 else { return nil }
    if let mark = bytes.first {
      guard mark | 0x20 == UInt8(ascii: "e"),
        let exponent = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)),
        abs(exponent) <= 200_000
      else { return nil }
      scale += exponent
    }
  }
}
