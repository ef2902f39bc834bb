#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Logarithm and power, rounded as the original rounds them.
///
/// Answers show all 17 digits, and the last ones depend on the method: a mathematics library that
/// rounds better gives other digits. Logarithms and whole powers are the original's, bit for bit; so
/// are powers with a fraction, as it computes them on processors that multiply and add with one
/// rounding, but for about one in 3,000.
enum ElementaryFunctions {
  /// ln 2 in two parts, of which the first leaves room for an exact product with an exponent.
  private static let ln2 = (high: 6.93147180369123816490e-01, low: 1.90821492927058770002e-10)

  /// The even terms of the approximation of (ln(1+s) - ln(1-s) - 2s) / s, by powers of s².
  private static let terms = [
    6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
    2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01,
    1.479819860511658591e-01,
  ]

  /// The natural logarithm.
  static func logarithm(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return log(value) }
    // value is 2^exponent * (1 + rest), and 1 + rest between √½ and √2.
    var (mantissa, exponent) = split(value)
    if mantissa < 0.5.squareRoot() {
      mantissa *= 2
      exponent -= 1
    }
    let rest = mantissa - 1
    let power = Double(exponent)
    let s = rest / (2 + rest)
    let square = s * s
    let fourth = square * square
    let odd = square * (terms[0] + fourth * (terms[2] + fourth * (terms[4] + fourth * terms[6])))
    let even = fourth * (terms[1] + fourth * (terms[3] + fourth * terms[5]))
    let half = 0.5 * rest * rest
    return power * ln2.high - ((half - (s * (half + odd + even) + power * ln2.low)) - rest)
  }

  /// 1/n! for n from 8 down to 1.
  private static let reciprocals = [
    2.4801587301587301587e-5, 1.9841269841269841270e-4, 1.3888888888888888889e-3,
    8.3333333333333333333e-3, 4.1666666666666666667e-2, 1.6666666666666666667e-1, 0.5, 1,
  ]

  /// e to the power of a number, by Shibata's method: what is left of it after whole powers of two is
  /// divided by 16, the exponential of that less one is summed up, and four times squared.
  static func exponential(_ value: Double) -> Double {
    guard value.isFinite, value.magnitude < 700 else { return exp(value) }
    let exponent = (value * 1.4426950408889634).rounded(.toNearestOrEven)
    var rest = value.addingProduct(-exponent, 0.69314718055966295651160180568695068359375)
    rest = rest.addingProduct(-exponent, 0.28235290563031577122588448175013436025525412068e-12)
    rest *= 0.0625
    var sum = reciprocals[0]
    for term in reciprocals.dropFirst() { sum = term.addingProduct(sum, rest) }
    // (1 + r)² - 1 is r(2 + r).
    rest *= sum
    for _ in 0..<3 { rest *= 2 + rest }
    let result = (1.0).addingProduct(rest, 2 + rest)
    return Double(sign: .plus, exponent: Int(exponent), significand: result)
  }

  /// `base` to the power of `exponent`.
  static func power(_ base: Double, _ exponent: Double) -> Double {
    let magnitude = abs(exponent)
    guard base.isFinite, base != 0, magnitude < 0x1p62, exponent != 0 else {
      return pow(base, exponent)
    }
    if magnitude == 0.5 { return exponent > 0 ? base.squareRoot() : 1 / base.squareRoot() }
    var whole = magnitude.rounded(.down)
    var fraction = magnitude - whole
    var (result, scale) = (1.0, 0)
    if fraction != 0 {
      guard base > 0 else { return .nan }
      if fraction > 0.5 {
        fraction -= 1
        whole += 1
      }
      result = exponential(fraction * logarithm(base))
    }
    // Squares are multiplied, mantissas and powers of two apart, so that nothing overflows early.
    var (square, squareScale) = split(base)
    var bits = Int(whole)
    while bits != 0 {
      guard abs(squareScale) <= 1 << 12 else {
        scale += squareScale
        break
      }
      if bits & 1 == 1 {
        result *= square
        scale += squareScale
      }
      square *= square
      squareScale *= 2
      if square < 0.5 {
        square += square
        squareScale -= 1
      }
      bits >>= 1
    }
    if exponent < 0 {
      result = 1 / result
      scale = -scale
    }
    return Double(sign: .plus, exponent: scale, significand: result)
  }

  /// A mantissa from a half to one, and the exponent of two.
  private static func split(_ value: Double) -> (mantissa: Double, exponent: Int) {
    let mantissa = value.significand / 2
    return (value < 0 ? -mantissa : mantissa, Int(value.exponent) + 1)
  }
}
