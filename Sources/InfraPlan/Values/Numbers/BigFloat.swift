internal import BigInt

/// A binary floating-point number of bounded precision: `±mantissa × 2^exponent`.
///
/// The mantissa is odd or zero, so equal numbers have equal fields. Results are rounded to nearest,
/// ties to even, as IEEE 754 does.
struct BigFloat: Sendable {
  let isNegative: Bool
  let mantissa: BigUInt
  let exponent: Int
  /// How many bits of mantissa the number may have.
  let precision: Int

  /// Rounds an exact value to a precision.
  init(isNegative: Bool, mantissa: BigUInt, exponent: Int, precision: Int, isInexact: Bool = false)
  {
    var mantissa = mantissa
    var exponent = exponent
    let excess = mantissa.bitWidth - precision
    if excess > 0 {
      let half = BigUInt(1) << (excess - 1)
      let rest = mantissa & ((BigUInt(1) << excess) - 1)
      mantissa >>= excess
      exponent += excess
      let isOdd = mantissa & 1 == 1
      if rest > half || rest == half && (isInexact || isOdd) { mantissa += 1 }
    }
    let zeros = mantissa.isZero ? 0 : mantissa.trailingZeroBitCount
    self.mantissa = zeros == 0 ? mantissa : mantissa >> zeros
    self.exponent = mantissa.isZero ? 0 : exponent + zeros
    self.isNegative = isNegative
    self.precision = precision
  }

  init(_ value: Int, precision: Int = Number.fullPrecision) {
    self.init(
      isNegative: value < 0, mantissa: BigUInt(value.magnitude), exponent: 0, precision: precision)
  }

  /// The exact value of a finite `Double`.
  init(_ value: Double, precision: Int) {
    let scaled = value.magnitude.significandBitPattern
    let isNormal = value.isNormal
    let bits = BigUInt(isNormal ? scaled | (1 << 52) : scaled)
    let exponent = (isNormal ? Int(value.exponent) : -1022) - 52
    self.init(
      isNegative: value.sign == .minus, mantissa: bits, exponent: exponent, precision: precision)
  }

  var isZero: Bool { mantissa.isZero }
  var isInteger: Bool { exponent >= 0 }

  /// The exponent of the value written as `0.1… × 2^n`; bounds how large a printed number gets.
  var magnitudeExponent: Int { mantissa.bitWidth + exponent }

  /// The integer part, or `nil` if it would be absurdly long.
  var integer: BigInt? {
    guard magnitudeExponent <= 1 << 16 else { return nil }
    let magnitude = exponent >= 0 ? mantissa << exponent : mantissa >> (-exponent)
    return BigInt(sign: isNegative ? .minus : .plus, magnitude: magnitude)
  }

  var double: Double {
    let rounded = BigFloat(
      isNegative: isNegative, mantissa: mantissa, exponent: exponent, precision: 53)
    guard rounded.magnitudeExponent <= 1024 else { return isNegative ? -.infinity : .infinity }
    guard rounded.magnitudeExponent > -1074 else { return 0 }
    let bits = Double(UInt64(rounded.mantissa))
    let value = bits * Double(sign: .plus, exponent: max(rounded.exponent, -1074), significand: 1)
    let rest =
      rounded.exponent < -1074 ? value / Double(1 << min(62, -1074 - rounded.exponent)) : value
    return isNegative ? -rest : rest
  }

  static func compare(_ left: BigFloat, _ right: BigFloat) -> Int {
    if left.isZero && right.isZero { return 0 }
    if left.isZero { return right.isNegative ? 1 : -1 }
    if right.isZero { return left.isNegative ? -1 : 1 }
    if left.isNegative != right.isNegative { return left.isNegative ? -1 : 1 }
    let sign = left.isNegative ? -1 : 1
    if left.magnitudeExponent != right.magnitudeExponent {
      return left.magnitudeExponent < right.magnitudeExponent ? -sign : sign
    }
    let base = min(left.exponent, right.exponent)
    let first = left.mantissa << (left.exponent - base)
    let second = right.mantissa << (right.exponent - base)
    return first == second ? 0 : first < second ? -sign : sign
  }

  var negated: BigFloat {
    BigFloat(
      isNegative: !isNegative, mantissa: mantissa, exponent: exponent, precision: precision)
  }

  static func sum(_ left: BigFloat, _ right: BigFloat) -> BigFloat {
    let precision = max(left.precision, right.precision)
    // A far smaller operand can only decide a rounding tie: keep a sticky bit of it.
    let (large, small) =
      left.magnitudeExponent >= right.magnitudeExponent ? (left, right) : (right, left)
    if small.isZero { return large.rounded(to: precision) }
    let gap = large.magnitudeExponent - small.magnitudeExponent
    if gap > 2 * precision + 4, !large.isZero {
      let shift = precision + 2
      let wide = BigInt(large.mantissa << shift)
      let nudged = large.isNegative == small.isNegative ? wide + 1 : wide - 1
      return BigFloat(
        isNegative: large.isNegative, mantissa: nudged.magnitude, exponent: large.exponent - shift,
        precision: precision)
    }
    let base = min(left.exponent, right.exponent)
    let total =
      BigInt(
        sign: left.isNegative ? .minus : .plus, magnitude: left.mantissa << (left.exponent - base))
      + BigInt(
        sign: right.isNegative ? .minus : .plus,
        magnitude: right.mantissa << (right.exponent - base))
    return BigFloat(
      isNegative: total.sign == .minus, mantissa: total.magnitude, exponent: base,
      precision: precision)
  }

  static func product(_ left: BigFloat, _ right: BigFloat) -> BigFloat {
    BigFloat(
      isNegative: left.isNegative != right.isNegative, mantissa: left.mantissa * right.mantissa,
      exponent: left.exponent + right.exponent, precision: max(left.precision, right.precision))
  }

  /// The quotient; the divisor is not zero.
  static func quotient(_ left: BigFloat, _ right: BigFloat) -> BigFloat {
    let precision = max(left.precision, right.precision)
    let shift = max(0, precision + 2 + right.mantissa.bitWidth - left.mantissa.bitWidth)
    let (quotient, rest) = (left.mantissa << shift).quotientAndRemainder(dividingBy: right.mantissa)
    // One more bit tells an inexact quotient from a tie.
    return BigFloat(
      isNegative: left.isNegative != right.isNegative,
      mantissa: quotient << 1 | (rest.isZero ? 0 : 1),
      exponent: left.exponent - right.exponent - shift - 1, precision: precision)
  }

  func rounded(to precision: Int) -> BigFloat {
    BigFloat(isNegative: isNegative, mantissa: mantissa, exponent: exponent, precision: precision)
  }
}
