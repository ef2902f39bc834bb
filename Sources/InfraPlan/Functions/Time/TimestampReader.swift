/// Reads the parts of an RFC 3339 timestamp, in order, with the original's complaints.
///
/// A complaint shows the rest of the text: from the part on if it is not a number, after it if the
/// number is out of range.
struct TimestampReader {
  private let text: Substring
  private var rest: Substring
  private var hasShortHour = false

  init(_ text: String) {
    self.text = text[...]
    rest = text[...]
  }

  static func failure(_ what: String) -> FunctionError {
    FunctionError("not a valid RFC3339 timestamp: " + what)
  }

  private static func unusable(_ text: Substring, as name: String) -> FunctionError {
    text.isEmpty
      ? failure("end of string before \(name)")
      : failure("cannot use \(Quoting.goQuoted(String(text))) as \(name)")
  }

  /// A number of so many digits.
  mutating func number(
    _ width: Int, _ name: String, _ range: ClosedRange<Int>
  ) throws(FunctionError) -> Int {
    let digits = rest.prefix(width)
    guard digits.utf8.count == width, digits.utf8.allSatisfy(Byte.isDigit), let value = Int(digits)
    else { throw Self.unusable(rest, as: name) }
    rest = rest.dropFirst(width)
    guard range.contains(value) else { throw Self.unusable(rest, as: name) }
    return value
  }

  mutating func expect(_ separator: Character) throws(FunctionError) {
    guard rest.first == separator else {
      if separator == "T" { throw Self.failure("missing required time introducer 'T'") }
      let wanted = Quoting.goQuoted(String(separator))
      throw Self.failure(
        rest.isEmpty
          ? "end of string where \(wanted) is expected"
          : "found \(Quoting.goQuoted(String(rest))) where \(wanted) is expected")
    }
    rest = rest.dropFirst()
  }

  /// Hour, minute and second. An hour of one digit is only refused in the end.
  mutating func clock() throws(FunctionError) -> (Int, Int, Int) {
    if rest.isEmpty { throw Self.unusable(rest, as: "hour") }
    let digits = rest.prefix(2).prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count)
    guard let hour = Int(digits), hour < 24 else {
      throw Self.failure("hour must be between 0 and 23 inclusive")
    }
    hasShortHour = digits.count == 1
    try expect(":")
    if rest.isEmpty { throw Self.unusable(rest, as: "minute") }
    let minute: Int
    do throws(FunctionError) { minute = try number(2, "minute", 0...59) } catch {
      throw Self.failure("minute must have exactly two digits")
    }
    try expect(":")
    return (hour, minute, try number(2, "second", 0...59))
  }

  /// Nanoseconds; a comma for the dot is only refused in the end.
  mutating func fraction() throws(FunctionError) -> Int {
    guard let mark = rest.first, mark == "." || mark == "," else { return 0 }
    let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else { return 0 }
    rest = rest.dropFirst(1 + digits.count)
    return Int((digits + "000000000").prefix(9)) ?? 0
  }

  /// Minutes east of UTC, and whether they were written as `Z`.
  mutating func zone() throws(FunctionError) -> (Int, Bool) {
    if rest.first == "Z" {
      rest = rest.dropFirst()
      return (0, true)
    }
    let parts = Array(rest.utf8.prefix(6))
    guard parts.count == 6, parts[3] == UInt8(ascii: ":"),
      parts[0] == UInt8(ascii: "+") || parts[0] == Byte.minus,
      [1, 2, 4, 5].allSatisfy({ Byte.isDigit(parts[$0]) })
    else { throw Self.unusable(rest, as: "UTC offset") }
    func pair(_ index: Int) -> Int { Int(parts[index] - 0x30) * 10 + Int(parts[index + 1] - 0x30) }
    let (hours, minutes) = (pair(1), pair(4))
    let after = rest.dropFirst(6)
    guard hours <= 24, minutes <= 60 else { throw Self.unusable(after, as: "UTC offset") }
    if after.isEmpty, hours == 24 || minutes == 60 { throw Self.unusable(rest, as: "UTC offset") }
    rest = after
    return ((parts[0] == Byte.minus ? -1 : 1) * (hours * 60 + minutes), false)
  }

  /// Refuses what is left over and what was let pass.
  func finish() throws(FunctionError) {
    if !rest.isEmpty { throw Self.unusable(rest, as: "timestamp segment") }
    if hasShortHour { throw Self.failure("hour must have exactly two digits") }
    if text.contains(",") { throw Self.unusable(",", as: "timestamp segment") }
  }
}
