/// A point in time as registries write it (RFC 3339), exact to the nanosecond.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Seconds since 1970-01-01 00:00 UTC.
  public let seconds: Int64
  /// Nanoseconds in the second.
  public let nanosecond: Int

  /// Reads `2026-03-01T12:30:00.5+01:00`; `nil` for other text. Digits after the ninth of a fraction
  /// are dropped.
  public init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    func number(_ digits: Int, in range: ClosedRange<Int>, before mark: UInt8?) -> Int? {
      guard rest.count >= digits else { return nil }
      var value = 0
      for byte in rest.prefix(digits) {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      rest = rest.dropFirst(digits)
      if let mark {
        guard let next = rest.popFirst(), next == mark || next == mark | 0x20 else { return nil }
      }
      return range.contains(value) ? value : nil
    }
    guard let year = number(4, in: 0...9999, before: 0x2D),
      let month = number(2, in: 1...12, before: 0x2D),
      let day = number(2, in: 1...31, before: UInt8(ascii: "T")),
      let hour = number(2, in: 0...23, before: 0x3A),
      let minute = number(2, in: 0...59, before: 0x3A),
      let second = number(2, in: 0...59, before: nil)
    else { return nil }
    var nanosecond = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty else { return nil }
      for place in 0..<9 {
        let digit = place < digits.count ? Int(digits[digits.startIndex + place] - 0x30) : 0
        nanosecond = nanosecond * 10 + digit
      }
      rest = rest[digits.endIndex...]
    }
    var offset = 0
    switch rest.popFirst() {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): break
    case let sign? where sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"):
      guard let hours = number(2, in: 0...23, before: 0x3A),
        let minutes = number(2, in: 0...59, before: nil)
      else { return nil }
      offset = (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    default: return nil
    }
    guard rest.isEmpty else { return nil }
    let days = CivilTime.day(year: year, month: month, day: day)
    let nextMonth = CivilTime.day(
      year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
    guard days < nextMonth else { return nil }
    seconds = Int64(days * 86400 + hour * 3600 + minute * 60 + second - offset)
    self.nanosecond = nanosecond
  }

  /// The time in UTC, with as many digits of the second as it needs.
  public var description: String {
    let layout = TimeLayout("2006-01-02T15:04:05.999999999Z07:00")
    return layout.format(CivilTime(unixSeconds: seconds, nanosecond: nanosecond))
  }

  /// Whether one is before the other.
  public static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanosecond) < (right.seconds, right.nanosecond)
  }
}
