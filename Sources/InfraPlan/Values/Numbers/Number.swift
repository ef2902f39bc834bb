/// A number of the language: exact for every integer and decimal that a person writes.
///
/// Whole numbers that fit a machine word take the fast path; everything else is a binary
/// floating-point number of 512 bits, as in the original, so that sums of decimals print the same.
public struct Number: Sendable, Hashable {
  static let fullPrecision = 512

  enum Storage: Sendable {
    case integer(Int)
    /// Boxed: rare, and three times the size of a whole number.
    indirect case big(BigFloat)
    case infinity(isNegative: Bool)
  }

  let storage: Storage
  /// Bits of mantissa that a result of an inexact operation keeps.
  let precision: Int

  /// A whole number.
  public init(_ value: Int) {
    storage = .integer(value)
    precision = Self.fullPrecision
  }

  /// A whole number that a function computed; quotients of two of them have 64 bits, as there.
  static func counted(_ value: Int) -> Number { Number(.integer(value), precision: 64) }

  /// The exact value of a floating-point number.
  public init(_ value: Double) {
    if value.isInfinite {
      self.init(.infinity(isNegative: value < 0), precision: 53)
    } else {
      self.init(BigFloat(value, precision: 53))
    }
  }

  init(_ storage: Storage, precision: Int) {
    self.storage = storage
    self.precision = precision
  }

  /// A number that is infinite, or zero, beyond the exponents that the original can hold.
  init(_ value: BigFloat) {
    precision = value.precision
    if value.magnitudeExponent > Int(Int32.max) {
      storage = .infinity(isNegative: value.isNegative)
    } else if value.magnitudeExponent < Int(Int32.min) {
      storage = .integer(0)
    } else if value.isInteger, value.magnitudeExponent < 63, let integer = value.integer,
      let word = integer.word, !(word == 0 && value.isNegative)
    {
      storage = .integer(word)
    } else {
      storage = .big(value)
    }
  }

  init(_ value: WholeNumber) {
    if let word = value.word {
      self.init(word)
    } else {
      let width = max(Self.fullPrecision, value.magnitude.bitWidth)
      self.init(
        BigFloat(
          isNegative: value.isNegative, mantissa: value.magnitude, exponent: 0, precision: width))
    }
  }

  /// Reads decimal text; `nil` if it is not a number.
  public init?(_ text: some StringProtocol) {
    if text.utf8.count < 19, text.utf8.allSatisfy(Byte.isDigit), let value = Int(text) {
      self.init(value)
      return
    }
    switch text.lowercased() {
    case "inf", "+inf", "infinity", "+infinity":
      self.init(.infinity(isNegative: false), precision: Self.fullPrecision)
      return
    case "-inf", "-infinity":
      self.init(.infinity(isNegative: true), precision: Self.fullPrecision)
      return
    default: break
    }
    guard let value = BigFloat(decimal: text) else { return nil }
    self.init(value)
  }

  var big: BigFloat {
    switch storage {
    case .integer(let value): BigFloat(value, precision: precision)
    case .big(let value): value
    case .infinity(let isNegative):
      BigFloat(
        isNegative: isNegative, mantissa: Natural(1), exponent: 1 << 40, precision: precision)
    }
  }

  var isInfinite: Bool {
    if case .infinity = storage { true } else { false }
  }

  var isWhole: Bool {
    switch storage {
    case .integer: true
    case .big(let value): value.isInteger
    case .infinity: false
    }
  }

  /// The value as a machine word, if it is whole and fits.
  public var int: Int? {
    switch storage {
    case .integer(let value): return value
    case .big(let value):
      guard value.isInteger, value.magnitudeExponent <= 64, let integer = value.integer else {
        return nil
      }
      return integer.word
    case .infinity: return nil
    }
  }

  /// The integer part.
  var truncated: WholeNumber? {
    switch storage {
    case .integer(let value): WholeNumber(value)
    case .big(let value): value.integer
    case .infinity: nil
    }
  }

  /// The nearest floating-point number.
  public var double: Double {
    switch storage {
    case .integer(let value): Double(value)
    case .big(let value): value.double
    case .infinity(let isNegative): isNegative ? -.infinity : .infinity
    }
  }

  var isNegative: Bool {
    switch storage {
    case .integer(let value): value < 0
    case .big(let value): value.isNegative && !value.isZero
    case .infinity(let isNegative): isNegative
    }
  }

  var isZero: Bool {
    switch storage {
    case .integer(let value): value == 0
    case .big(let value): value.isZero
    case .infinity: false
    }
  }

  /// The decimal text, as few digits as identify the number, never an exponent.
  public var text: String {
    switch storage {
    case .integer(let value): String(value)
    case .big(let value): value.decimalText
    case .infinity(let isNegative): isNegative ? "-Inf" : "+Inf"
    }
  }

  /// Compares by value.
  public static func == (left: Number, right: Number) -> Bool { compare(left, right) == 0 }

  /// Hashes the value, not the precision.
  public func hash(into hasher: inout Hasher) {
    switch storage {
    case .integer(let value): hasher.combine(value)
    case .big(let value) where value.isZero: hasher.combine(0)
    case .big(let value):
      hasher.combine(value.mantissa)
      hasher.combine(value.exponent)
    case .infinity(let isNegative): hasher.combine(isNegative)
    }
  }
}
