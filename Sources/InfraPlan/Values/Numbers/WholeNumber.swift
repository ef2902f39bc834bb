/// A whole number of any size.
struct WholeNumber: Sendable, Hashable {
  let isNegative: Bool
  let magnitude: Natural

  /// Zero is never negative.
  init(isNegative: Bool, magnitude: Natural) {
    self.isNegative = isNegative && !magnitude.isZero
    self.magnitude = magnitude
  }

  init(_ value: Int) {
    self.init(isNegative: value < 0, magnitude: Natural(UInt64(value.magnitude)))
  }

  /// The value as a machine word, if it fits.
  var word: Int? {
    guard let word = magnitude.word else { return nil }
    return isNegative ? Int(exactly: -Int128(word)) : Int(exactly: word)
  }

  static func + (left: WholeNumber, right: WholeNumber) -> WholeNumber {
    if left.isNegative == right.isNegative {
      return WholeNumber(
        isNegative: left.isNegative, magnitude: left.magnitude + right.magnitude)
    }
    return WholeNumber(
      isNegative: left.magnitude < right.magnitude ? right.isNegative : left.isNegative,
      magnitude: Natural.distance(left.magnitude, right.magnitude))
  }
}

extension WholeNumber: CustomStringConvertible {
  var description: String { (isNegative ? "-" : "") + magnitude.description }
}
