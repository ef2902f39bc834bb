/// A rule of the form `CET-1CEST,M3.5.0,M10.5.0/3`, which says what a zone does after the last
/// transition its file lists.
struct PosixTimeZone: Sendable {
  /// The day and time of a change within a year.
  private struct Change {
    enum Day {
      case weekday(month: Int, week: Int, day: Int)
      case julian(Int, skipsLeapDay: Bool)
    }

    var day: Day
    var seconds: Int
  }

  private let standard: TimeZoneRules.Offset
  private let daylight: (offset: TimeZoneRules.Offset, start: Change, end: Change)?

  init?(_ text: String) {
    var rest = Substring(text)
    guard let name = Self.name(&rest), let seconds = Self.time(&rest) else { return nil }
    standard = TimeZoneRules.Offset(seconds: -seconds, abbreviation: name)
    guard !rest.isEmpty else {
      daylight = nil
      return
    }
    guard let daylightName = Self.name(&rest) else { return nil }
    var daylightSeconds = -seconds + 3600
    if !rest.hasPrefix(",") {
      guard let seconds = Self.time(&rest) else { return nil }
      daylightSeconds = -seconds
    }
    guard let start = Self.change(&rest), let end = Self.change(&rest) else { return nil }
    daylight = (
      TimeZoneRules.Offset(seconds: daylightSeconds, abbreviation: daylightName), start, end
    )
  }

  func offset(at unixSeconds: Int64) -> TimeZoneRules.Offset {
    guard let daylight else { return standard }
    let zone = standard.seconds
    let year = CivilTime(unixSeconds: unixSeconds &+ Int64(zone)).year
    let start = Self.moment(daylight.start, year) - zone
    let end = Self.moment(daylight.end, year) - daylight.offset.seconds
    let now = Int(unixSeconds)
    let isDaylight =
      start < end ? now >= start && now < end : now >= start || now < end
    return isDaylight ? daylight.offset : standard
  }

  /// The moment of a change on the zone's own clock.
  private static func moment(_ change: Change, _ year: Int) -> Int {
    let firstDay = CivilTime.day(year: year, month: 1, day: 1)
    let isLeap = CivilTime.day(year: year + 1, month: 1, day: 1) - firstDay == 366
    let day: Int
    switch change.day {
    case .julian(let number, let skipsLeapDay):
      day = firstDay + number - (skipsLeapDay && !(isLeap && number >= 60) ? 1 : 0)
    case .weekday(let month, let week, let weekday):
      let first = CivilTime.day(year: year, month: month, day: 1)
      let next =
        month == 12
        ? CivilTime.day(year: year + 1, month: 1, day: 1)
        : CivilTime.day(year: year, month: month + 1, day: 1)
      var found = first + ((weekday - (first + 4)) % 7 + 7) % 7 + (week - 1) * 7
      if found >= next { found -= 7 }
      day = found
    }
    return day * 86400 + change.seconds
  }

  private static func name(_ rest: inout Substring) -> String? {
    if rest.hasPrefix("<") {
      let name = rest.dropFirst().prefix { $0 != ">" }
      rest = rest[name.endIndex...].dropFirst()
      return String(name)
    }
    let name = rest.prefix(while: \.isLetter)
    rest = rest[name.endIndex...]
    return name.isEmpty ? nil : String(name)
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private static func time(_ rest: inout Substring) -> Int? {
    var sign = 1
    if rest.hasPrefix("-") || rest.hasPrefix("+") {
      sign = rest.removeFirst() == "-" ? -1 : 1
    }
    var seconds = 0
    for unit in [3600, 60, 1] {
      guard let value = number(&rest) else { return nil }
      seconds += value * unit
      guard rest.hasPrefix(":") else { break }
      rest.removeFirst()
    }
    return sign * seconds
  }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest[digits.endIndex...]
    return digits.count <= 4 ? Int(digits) : nil
  }

  private static func change(_ rest: inout Substring) -> Change? {
    guard rest.hasPrefix(",") else { return nil }
    rest.removeFirst()
    let day: Change.Day
    if rest.hasPrefix("M") {
      var values: [Int] = []
      for _ in 0..<3 {
        rest.removeFirst()
        guard let value = number(&rest) else { return nil }
        values.append(value)
      }
      guard (1...12).contains(values[0]), (1...5).contains(values[1]), values[2] < 7 else {
        return nil
      }
      day = .weekday(month: values[0], week: values[1], day: values[2])
    } else {
      let skipsLeapDay = rest.hasPrefix("J")
      if skipsLeapDay { rest.removeFirst() }
      guard let value = number(&rest) else { return nil }
      day = .julian(value, skipsLeapDay: skipsLeapDay)
    }
    var seconds = 7200
    if rest.hasPrefix("/") {
      rest.removeFirst()
      guard let time = time(&rest) else { return nil }
      seconds = time
    }
    return Change(day: day, seconds: seconds)
  }
}
