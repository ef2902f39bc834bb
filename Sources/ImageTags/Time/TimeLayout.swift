/// A format of times by example, as Go writes it: the reference time is
/// `Mon Jan 2 15:04:05 MST 2006`.
public struct TimeLayout: Hashable, Sendable {
  /// The layout as it was written.
  public let text: String

  /// Skaffold's default for the `dateTime` policy.
  public static let skaffoldDefault = TimeLayout("2006-01-02_15-04-05.999_MST")

  /// Creates a layout. Any text is one; what names no part of a time stands for itself.
  public init(_ text: String) { self.text = text }

  /// The time in this layout. O(layout).
  public func format(_ time: CivilTime) -> String {
    var output = ""
    var rest = Array(text.utf8)[...]
    var literal: [UInt8] = []
    while !rest.isEmpty {
      if let (length, text) = Self.element(rest, time) {
        output += String(decoding: literal, as: UTF8.self) + text
        literal.removeAll()
        rest = rest.dropFirst(length)
      } else {
        literal.append(rest.removeFirst())
      }
    }
    return output + String(decoding: literal, as: UTF8.self)
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  /// The longest element that the layout begins with, and its text.
  private static func element(
    _ layout: ArraySlice<UInt8>, _ time: CivilTime
  ) -> (length: Int, text: String)? {
    func begins(_ text: String) -> Bool { layout.starts(with: text.utf8) }
    func isFollowedByLowerCase(_ length: Int) -> Bool {
      layout.dropFirst(length).first.map { $0 >= 0x61 && $0 <= 0x7A } ?? false
    }
    switch layout.first {
    case UInt8(ascii: "J"):
      if begins("January") { return (7, months[time.month - 1]) }
      if begins("Jan"), !isFollowedByLowerCase(3) {
        return (3, String(months[time.month - 1].prefix(3)))
      }
    case UInt8(ascii: "M"):
      if begins("Monday") { return (6, weekdays[time.weekday]) }
      if begins("Mon"), !isFollowedByLowerCase(3) {
        return (3, String(weekdays[time.weekday].prefix(3)))
      }
      if begins("MST") { return (3, time.offset.abbreviation) }
    case UInt8(ascii: "P") where begins("PM"): return (2, time.hour >= 12 ? "PM" : "AM")
    case UInt8(ascii: "p") where begins("pm"): return (2, time.hour >= 12 ? "pm" : "am")
    case UInt8(ascii: "-"), UInt8(ascii: "Z"): return zone(layout, time.offset)
    case UInt8(ascii: "."), UInt8(ascii: ","): return fraction(layout, time.nanosecond)
    default: return number(layout, time)
    }
    return nil
  }

  private static func number(
    _ layout: ArraySlice<UInt8>, _ time: CivilTime
  ) -> (length: Int, text: String)? {
    let hour12 = (time.hour + 11) % 12 + 1
    // Longer spellings first: each begins with a shorter one.
    let elements: [(String, Int, width: Int, padding: Character)] = [
      ("2006", time.year, 4, "0"), ("002", time.dayOfYear, 3, "0"),
      ("__2", time.dayOfYear, 3, " "), ("01", time.month, 2, "0"), ("02", time.day, 2, "0"),
      ("03", hour12, 2, "0"), ("04", time.minute, 2, "0"), ("05", time.second, 2, "0"),
      ("06", time.year % 100, 2, "0"), ("15", time.hour, 2, "0"), ("_2", time.day, 2, " "),
      ("1", time.month, 1, "0"), ("2", time.day, 1, "0"), ("3", hour12, 1, "0"),
      ("4", time.minute, 1, "0"), ("5", time.second, 1, "0"),
    ]
    // _2006 is an underscore before the year, not a day.
    if layout.starts(with: "_2006".utf8) { return (5, "_" + padded(time.year, 4, "0")) }
    guard let found = elements.first(where: { layout.starts(with: $0.0.utf8) }) else { return nil }
    return (found.0.utf8.count, padded(found.1, found.width, found.padding))
  }

  private static func zone(
    _ layout: ArraySlice<UInt8>, _ offset: TimeZoneRules.Offset
  ) -> (length: Int, text: String)? {
    let rest = layout.dropFirst()
    let shapes = ["070000", "07:00:00", "0700", "07:00", "07"]
    guard let shape = shapes.first(where: { rest.starts(with: $0.utf8) }) else { return nil }
    let length = shape.utf8.count + 1
    if layout.first == UInt8(ascii: "Z"), offset.seconds == 0 { return (length, "Z") }
    let seconds = abs(offset.seconds)
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2, "0") }
    let digits = shape.count { $0 != ":" }
    let text = parts.prefix(digits / 2).joined(separator: shape.contains(":") ? ":" : "")
    return (length, (offset.seconds < 0 ? "-" : "+") + text)
  }

  private static func fraction(
    _ layout: ArraySlice<UInt8>, _ nanosecond: Int
  ) -> (length: Int, text: String)? {
    let rest = layout.dropFirst()
    guard let digit = rest.first, digit == 0x30 || digit == 0x39 else { return nil }
    let count = rest.prefix { $0 == digit }.count
    guard !(rest.dropFirst(count).first?.isDigit ?? false) else { return nil }
    var digits = padded(nanosecond, 9, "0").prefix(count)
    if digit == 0x39 {
      while digits.last == "0" { digits.removeLast() }
      if digits.isEmpty { return (count + 1, "") }
    }
    let sign = layout.first == UInt8(ascii: ",") ? "," : "."
    return (count + 1, sign + digits)
  }

  private static func padded(_ value: Int, _ width: Int, _ padding: Character) -> String {
    let text = String(value)
    return String(repeating: padding, count: max(0, width - text.count)) + text
  }
}
