internal import BigInt

extension BigFloat {
  /// Reads a decimal number, rounding to a precision; `nil` if the text is not one.
  ///
  /// Accepts what Go's `big.ParseFloat(s, 10, …)` accepts without a sign of infinity: an optional
  /// sign, digits with an optional dot, an optional exponent.
  init?(decimal text: some StringProtocol, precision: Int = Number.fullPrecision) {
    var bytes = Array(text.utf8)[...]
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      bytes = bytes.dropFirst()
    }
    var digits: [UInt8] = []
    var scale = 0
    var seenDot = false
    var seenDigit = false
    while let byte = bytes.first {
      if Byte.isDigit(byte) {
        seenDigit = true
        if !(digits.isEmpty && byte == 0x30) { digits.append(byte) }
        if seenDot { scale -= 1 }
      } else if byte == Byte.dot, !seenDot {
        seenDot = true
      } else {
        break
      }
      bytes = bytes.dropFirst()
    }
    guard seenDigit, digits.count <= 100_000 else { return nil }
    if let mark = bytes.first, mark | 0x20 == UInt8(ascii: "e") {
      let exponentText = String(decoding: bytes.dropFirst(), as: UTF8.self)
      guard let exponent = Int(exponentText), abs(exponent) <= 200_000 else { return nil }
      scale += exponent
    } else if !bytes.isEmpty {
      return nil
    }
    guard !digits.isEmpty else {
      self.init(isNegative: isNegative, mantissa: 0, exponent: 0, precision: precision)
      return
    }
    guard let mantissa = BigUInt(String(decoding: digits, as: UTF8.self), radix: 10) else {
      return nil
    }
    if scale >= 0 {
      let power = BigUInt(5).power(scale)
      self.init(
        isNegative: isNegative, mantissa: mantissa * power, exponent: scale, precision: precision)
    } else {
      let power = BigUInt(5).power(-scale)
      let shift = max(0, precision + 2 + power.bitWidth - mantissa.bitWidth)
      let (quotient, rest) = (mantissa << shift).quotientAndRemainder(dividingBy: power)
      self.init(
        isNegative: isNegative, mantissa: quotient << 1 | (rest.isZero ? 0 : 1),
        exponent: scale - shift - 1, precision: precision)
    }
  }

  /// The shortest decimal digits that read back as this number, and where the decimal point stands:
  /// `0.d₁d₂… × 10^point`.
  var shortestDigits: (digits: [UInt8], point: Int) {
    guard !isZero else { return ([], 0) }
    // The number lies between its neighbours' midpoints; scale all three to integers over 10^places.
    let shift = max(0, precision - mantissa.bitWidth)
    let value = mantissa << (shift + 1)
    let exponent = exponent - shift - 1
    let isPowerOfTwo = mantissa == 1
    let upper = value + 1
    let (low, high, mid, exponent2): (BigUInt, BigUInt, BigUInt, Int) =
      isPowerOfTwo
      ? ((value << 1) - 1, upper << 1, value << 1, exponent - 1)
      : (value - 1, upper, value, exponent)
    let places = max(0, -exponent2)
    func decimal(_ number: BigUInt) -> (digits: [UInt8], point: Int) {
      let scaled = exponent2 >= 0 ? number << exponent2 : number * BigUInt(5).power(places)
      let text = Array(String(scaled).utf8)
      return (text, text.count - places)
    }
    let exact = decimal(mid)
    let lower = decimal(low)
    let above = decimal(high)
    // A neighbour's midpoint belongs to this number when its mantissa is even.
    let inclusive = (mantissa << shift) & 1 == 0
    return Self.shortest(exact, lower, above, inclusive)
  }

  private static func shortest(
    _ exact: (digits: [UInt8], point: Int), _ lower: (digits: [UInt8], point: Int),
    _ upper: (digits: [UInt8], point: Int), _ inclusive: Bool
  ) -> (digits: [UInt8], point: Int) {
    func digit(_ number: (digits: [UInt8], point: Int), _ index: Int) -> UInt8 {
      // Align all numbers to the decimal point of the upper bound.
      let position = index - (upper.point - number.point)
      return position >= 0 && position < number.digits.count ? number.digits[position] : 0x30
    }
    let length = max(exact.digits.count + (upper.point - exact.point), upper.digits.count)
    var upperState = 0  // 0: equal so far, 1: differs by one, 2: differs by more
    for index in 0..<length {
      let low = digit(lower, index)
      let middle = digit(exact, index)
      let high = digit(upper, index)
      let canRoundDown =
        low != middle || inclusive && index + 1 >= lower.digits.count + (upper.point - lower.point)
      if upperState == 0 {
        if middle + 1 < high { upperState = 2 } else if middle != high { upperState = 1 }
      } else if upperState == 1 {
        if middle != 0x39 || high != 0x30 { upperState = 2 }
      }
      let atEnd = index + 1 >= upper.digits.count
      let canRoundUp = upperState > 0 && (inclusive || upperState == 2 || !atEnd)
      guard canRoundDown || canRoundUp else { continue }
      let prefix = (0...index).map { digit(exact, $0) }
      let roundUp: Bool
      if canRoundDown && canRoundUp {
        roundUp = isAboveHalf(exact, from: index + 1, aligned: upper.point, odd: middle & 1 == 1)
      } else {
        roundUp = canRoundUp
      }
      return trimmed(roundUp ? incremented(prefix) : (prefix, 0), point: upper.point)
    }
    return trimmed(((0..<length).map { digit(exact, $0) }, 0), point: upper.point)
  }

  private static func isAboveHalf(
    _ number: (digits: [UInt8], point: Int), from index: Int, aligned point: Int, odd: Bool
  ) -> Bool {
    let start = index - (point - number.point)
    guard start < number.digits.count else { return false }
    guard start >= 0 else { return false }
    let first = number.digits[start]
    if first != 0x35 { return first > 0x35 }
    let restIsZero = number.digits[(start + 1)...].allSatisfy { $0 == 0x30 }
    return restIsZero ? odd : true
  }

  private static func incremented(_ digits: [UInt8]) -> (digits: [UInt8], carry: Int) {
    var digits = digits
    var index = digits.count - 1
    while index >= 0 {
      if digits[index] < 0x39 {
        digits[index] += 1
        return (Array(digits[...index]), 0)
      }
      index -= 1
    }
    return ([0x31], 1)
  }

  private static func trimmed(_ number: (digits: [UInt8], carry: Int), point: Int)
    -> (digits: [UInt8], point: Int)
  {
    var digits = number.digits[...]
    var point = point + number.carry
    while digits.first == 0x30 {
      digits = digits.dropFirst()
      point -= 1
    }
    while digits.last == 0x30 { digits = digits.dropLast() }
    return (Array(digits), digits.isEmpty ? 0 : point)
  }

  /// Plain decimal text, as few digits as identify the number.
  var decimalText: String {
    guard !isZero else { return isNegative ? "-0" : "0" }
    if isInteger, magnitudeExponent <= precision {
      return (isNegative ? "-" : "") + String(mantissa << exponent)
    }
    let (digits, point) = shortestDigits
    var text = isNegative ? "-" : ""
    if point <= 0 {
      text += "0." + String(repeating: "0", count: -point) + String(decoding: digits, as: UTF8.self)
    } else if point >= digits.count {
      text += String(decoding: digits, as: UTF8.self)
      text += String(repeating: "0", count: point - digits.count)
    } else {
      text += String(decoding: digits[..<point], as: UTF8.self) + "."
      text += String(decoding: digits[point...], as: UTF8.self)
    }
    return text
  }
}
