/// Turns multiples of one power of two into decimal digits.
struct DecimalScale {
  private enum Method {
    case integer(shift: Int)
    case fraction(power: Natural, places: Int)
    /// Of a number too long to be worth all of its digits: the first ones.
    case leading(factor: BigFloat, places: Int)
  }

  private let method: Method

  /// How many digits of a too long number are exact.
  private static let leadingDigits = 800

  /// A scale for numbers of so many bits.
  ///
  /// - Parameter limit: How many bits a number may have, or binary places, to get all its digits.
  init(exponent: Int, bits: Int, limit: Int) {
    if exponent >= 0, exponent + bits <= limit {
      method = .integer(shift: exponent)
    } else if exponent < 0, -exponent <= limit {
      method = .fraction(power: Natural(5).power(-exponent), places: -exponent)
    } else {
      // A bit is 0.30103 of a digit.
      let places = Self.leadingDigits - Int(Double(exponent + bits) * 0.30103)
      let precision = BigFloat.guardedPrecision
      let power = BigFloat.powerOfFive(abs(places), precision: precision)
      let unit = BigFloat(
        isNegative: false, mantissa: Natural(1), exponent: exponent + places, precision: precision)
      method = .leading(
        factor: places >= 0 ? .product(unit, power) : .quotient(unit, power), places: places)
    }
  }

  /// The digits of `number × 2^exponent`.
  func digits(of number: Natural) -> DecimalDigits {
    switch method {
    case .integer(let shift):
      let digits = (number << shift).digits()
      return DecimalDigits(digits: digits, point: digits.count)
    case .fraction(let power, let places):
      let digits = (number * power).digits()
      return DecimalDigits(digits: digits, point: digits.count - places)
    case .leading(let factor, let places):
      let exact = number * factor.mantissa
      let digits = (factor.exponent < 0 ? exact >> -factor.exponent : exact << factor.exponent)
        .digits()
      // A last one stands for the digits that are left out.
      return DecimalDigits(digits: digits + [0x31], point: digits.count - places)
    }
  }
}
