extension BigFloat {
  /// Negative, zero or positive, as the left number is less, equal or greater.
  static func compare(_ left: BigFloat, _ right: BigFloat) -> Int {
    if left.isZero && right.isZero { return 0 }
    if left.isZero { return right.isNegative ? 1 : -1 }
    if right.isZero { return left.isNegative ? -1 : 1 }
    if left.isNegative != right.isNegative { return left.isNegative ? -1 : 1 }
    let sign = left.isNegative ? -1 : 1
    if left.magnitudeExponent != right.magnitudeExponent {
      return left.magnitudeExponent < right.magnitudeExponent ? -sign : sign
    }
    // Equal magnitudes: the exponents are no further apart than the mantissas are long.
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
    let (large, small) =
      left.magnitudeExponent >= right.magnitudeExponent && !left.isZero || right.isZero
      ? (left, right) : (right, left)
    if small.isZero { return large.rounded(to: precision) }
    let gap = large.magnitudeExponent - small.magnitudeExponent
    if gap > 2 * precision + 4 {
      // A far smaller operand can only decide a rounding tie: one bit stands for it.
      let shift = precision + 2
      let wide = large.mantissa << shift
      return BigFloat(
        isNegative: large.isNegative,
        mantissa: large.isNegative == small.isNegative
          ? wide + Natural(1) : Natural.distance(wide, Natural(1)),
        exponent: large.exponent - shift, precision: precision)
    }
    let base = min(left.exponent, right.exponent)
    func aligned(_ number: BigFloat) -> WholeNumber {
      WholeNumber(
        isNegative: number.isNegative, magnitude: number.mantissa << (number.exponent - base))
    }
    let total = aligned(left) + aligned(right)
    return BigFloat(
      isNegative: total.isNegative, mantissa: total.magnitude, exponent: base,
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
    let (quotient, rest) = (left.mantissa << shift).divided(by: right.mantissa)
    // One more bit tells an inexact quotient from a tie.
    return BigFloat(
      isNegative: left.isNegative != right.isNegative,
      mantissa: (quotient << 1) + Natural(rest.isZero ? 0 : 1),
      exponent: left.exponent - right.exponent - shift - 1, precision: precision)
  }

  /// Five to a power that is not negative, to a precision.
  static func powerOfFive(_ exponent: Int, precision: Int) -> BigFloat {
    var result = BigFloat(1, precision: precision)
    var base = BigFloat(5, precision: precision)
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = product(result, base) }
      rest >>= 1
      if rest > 0 { base = product(base, base) }
    }
    return result
  }
}
