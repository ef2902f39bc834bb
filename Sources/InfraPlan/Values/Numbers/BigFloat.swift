/// A binary floating-point number of bounded precision: `±mantissa × 2^exponent`.
///
/// The mantissa is odd or zero, so equal numbers have equal fields. Results are rounded to nearest,
/// ties to even, as IEEE 754 does.
struct BigFloat: Sendable {
  let isNegative: Bool
  let mantissa: Natural
  let exponent: Int
  /// How many bits of mantissa the number may have.
  let precision: Int

  /// Rounds an exact value to a precision.
  init(isNegative: Bool, mantissa: Natural, exponent: Int, precision: Int) {
    var mantissa = mantissa
    var exponent = exponent
    let excess = mantissa.bitWidth - precision
    if excess > 0 {
      let isAboveHalf = mantissa.bit(excess - 1) && mantissa.hasBits(below: excess - 1)
      let isTie = mantissa.bit(excess - 1) && !isAboveHalf
      mantissa = mantissa >> excess
      exponent += excess
      if isAboveHalf || isTie && mantissa.isOdd { mantissa = mantissa + Natural(1) }
    }
    let zeros = mantissa.trailingZeroBitCount
    self.mantissa = zeros == 0 ? mantissa : mantissa >> zeros
    self.exponent = mantissa.isZero ? 0 : exponent + zeros
    self.isNegative = isNegative
    self.precision = precision
  }

  init(_ value: Int, precision: Int = Number.fullPrecision) {
    self.init(
      isNegative: value < 0, mantissa: Natural(UInt64(value.magnitude)), exponent: 0,
      precision: precision)
  }

  /// The exact value of a finite `Double`.
  init(_ value: Double, precision: Int) {
    let pattern = value.significandBitPattern
    let bits = Natural(value.isNormal ? pattern | (1 << 52) : pattern)
    let exponent = (value.isNormal ? Int(value.exponent) : -1022) - 52
    self.init(
      isNegative: value.sign == .minus, mantissa: bits, exponent: exponent, precision: precision)
  }

  var isZero: Bool { mantissa.isZero }
  var isInteger: Bool { exponent >= 0 }

  /// The exponent of the value written as `0.1… × 2^n`; bounds how large a printed number gets.
  var magnitudeExponent: Int { mantissa.bitWidth + exponent }

  /// The integer part, or `nil` if it would be absurdly long.
  var integer: WholeNumber? {
    guard magnitudeExponent <= 1 << 20 else { return nil }
    return WholeNumber(
      isNegative: isNegative,
      magnitude: exponent >= 0 ? mantissa << exponent : mantissa >> -exponent
    )
  }

  /// The nearest `Double`; infinite where the number is too large.
  var double: Double {
    // A subnormal result keeps fewer bits: rounding once, to those, is what makes it the nearest.
    let kept = min(53, magnitudeExponent + 1074)
    guard !isZero, kept >= 0 else { return isNegative ? -0.0 : 0 }
    guard kept > 0 else {
      let isUp = mantissa != Natural(1)
      return (isNegative ? -1 : 1) * (isUp ? Double.leastNonzeroMagnitude : 0)
    }
    let rounded = rounded(to: kept)
    guard rounded.magnitudeExponent <= 1024 else { return isNegative ? -.infinity : .infinity }
    let value = Double(
      sign: .plus, exponent: rounded.exponent, significand: Double(rounded.mantissa.word ?? 0))
    return isNegative ? -value : value
  }

  /// The same value to at most a precision.
  func rounded(to precision: Int) -> BigFloat {
    BigFloat(isNegative: isNegative, mantissa: mantissa, exponent: exponent, precision: precision)
  }
}
