/// A non-negative whole number of any size, as version cores and pre-releases hold them.
///
/// Numbers up to `UInt64.max` cost no allocation; larger ones keep their digits. There are no
/// leading zeros, so longer digits are always the larger number.
public struct NumericIdentifier: Hashable, Sendable {
  private enum Storage: Hashable {
    case small(UInt64)
    case large(String)
  }

  private let storage: Storage

  /// Creates a number from a machine integer.
  public init(_ value: UInt64) { self.storage = .small(value) }

  /// Creates a number from ASCII digits; leading zeros are dropped. `nil` if there is anything else
  /// in the text, or nothing. O(digits).
  public init?(digits: some Collection<UInt8>) {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    var isLarge = false
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      guard !isLarge else { continue }
      let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
      isLarge = overflowed || carried
      value = sum
    }
    if isLarge {
      let significant = digits.drop { $0 == UInt8(ascii: "0") }
      self.storage = .large(String(decoding: significant, as: UTF8.self))
    } else {
      self.storage = .small(value)
    }
  }

  /// The value, if it fits a machine integer.
  public var uint64: UInt64? {
    if case .small(let value) = storage { value } else { nil }
  }

  /// Whether the number is zero.
  public var isZero: Bool { storage == .small(0) }

  /// The number one greater.
  public var successor: NumericIdentifier {
    switch storage {
    case .small(let value) where value < .max: return NumericIdentifier(value + 1)
    case .small, .large:
      var digits = Array(description.utf8)
      var index = digits.endIndex
      while index > digits.startIndex {
        index -= 1
        guard digits[index] == UInt8(ascii: "9") else {
          digits[index] += 1
          return NumericIdentifier(large: digits)
        }
        digits[index] = UInt8(ascii: "0")
      }
      return NumericIdentifier(large: [UInt8(ascii: "1")] + digits)
    }
  }

  private init(large digits: [UInt8]) {
    self.storage = .large(String(decoding: digits, as: UTF8.self))
  }
}

extension NumericIdentifier: Comparable {
  /// Orders by value.
  public static func < (left: NumericIdentifier, right: NumericIdentifier) -> Bool {
    switch (left.storage, right.storage) {
    case (.small(let left), .small(let right)): left < right
    case (.small, .large): true
    case (.large, .small): false
    case (.large(let left), .large(let right)):
      left.utf8.count == right.utf8.count ? left < right : left.utf8.count < right.utf8.count
    }
  }
}

extension NumericIdentifier: CustomStringConvertible {
  /// The decimal digits.
  public var description: String {
    switch storage {
    case .small(let value): String(value)
    case .large(let digits): digits
    }
  }
}

extension NumericIdentifier: ExpressibleByIntegerLiteral {
  /// Creates a number from a literal.
  public init(integerLiteral value: UInt64) { self.init(value) }
}
