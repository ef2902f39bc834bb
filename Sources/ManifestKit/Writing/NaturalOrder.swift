/// The order of keys in canonical output: letters after everything else, runs of digits by value.
enum NaturalOrder {
  /// Whether one key comes before another.
  static func precedes(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    var shared = 0
    let length = min(left.count, right.count)
    while shared < length, left[left.startIndex + shared] == right[right.startIndex + shared] {
      shared += 1
    }
    guard shared < length else { return left.count < right.count }
    // Inside a character of several bytes: compare the whole characters.
    while shared > 0, left[left.startIndex + shared] & 0xC0 == 0x80 { shared -= 1 }
    return precedes(left, right, from: shared)
  }

  private static func precedes(
    _ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>, from shared: Int
  ) -> Bool {
    let one = scalar(left, shared)
    let other = scalar(right, shared)
    let isOneLetter = isLetter(one)
    let isOtherLetter = isLetter(other)
    if isOneLetter && isOtherLetter { return one < other }
    if isOneLetter || isOtherLetter { return isOtherLetter }
    // A zero that follows a digit other than zero continues a number, so both sides have one.
    var seed: Int64 = 0
    if one == "0" || other == "0" {
      var index = left.startIndex + shared - 1
      while index >= left.startIndex, isDigit(left[index]) {
        if left[index] != UInt8(ascii: "0") {
          seed = 1
          break
        }
        index -= 1
      }
    }
    let (value, end) = number(left, shared, seed)
    let (otherValue, otherEnd) = number(right, shared, seed)
    if value != otherValue { return value < otherValue }
    if end != otherEnd { return end < otherEnd }
    return one < other
  }

  private static func number(
    _ text: ArraySlice<UInt8>, _ start: Int, _ seed: Int64
  ) -> (Int64, Int) {
    var value = seed
    var offset = start
    while offset < text.count, isDigit(text[text.startIndex + offset]) {
      value = value &* 10 &+ Int64(text[text.startIndex + offset] - 0x30)
      offset += 1
    }
    return (value, offset)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func scalar(_ text: ArraySlice<UInt8>, _ offset: Int) -> Unicode.Scalar {
    let start = text.startIndex + offset
    if text[start] < 0x80 { return Unicode.Scalar(text[start]) }
    return String(decoding: text[start..<min(start + 4, text.endIndex)], as: UTF8.self)
      .unicodeScalars.first ?? "\u{FFFD}"
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return (0x41...0x5A).contains(scalar.value) || (0x61...0x7A).contains(scalar.value)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return false
    }
  }
}
