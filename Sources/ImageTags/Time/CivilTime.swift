/// A moment as a calendar and a clock in some zone show it.
public struct CivilTime: Hashable, Sendable {
  /// The year of the Gregorian calendar.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int
  /// 0 to 23.
  public let hour: Int
  /// 0 to 59.
  public let minute: Int
  /// 0 to 59.
  public let second: Int
  /// 0 to 999,999,999.
  public let nanosecond: Int
  /// 0 for Sunday to 6.
  public let weekday: Int
  /// 1 for the first of January.
  public let dayOfYear: Int
  /// The zone's offset from UTC in seconds, and its abbreviation.
  public let offset: TimeZoneRules.Offset

  /// The moment so many seconds after 1970 in UTC.
  public init(unixSeconds: Int64, nanosecond: Int = 0, zone: TimeZoneRules = .utc) {
    let offset = zone.offset(at: unixSeconds)
    let local = unixSeconds &+ Int64(offset.seconds)
    let days = Int((local - (local % 86400 + 86400) % 86400) / 86400)
    let time = Int((local % 86400 + 86400) % 86400)
    (self.year, self.month, self.day) = Self.date(ofDay: days)
    (self.hour, self.minute, self.second) = (time / 3600, time / 60 % 60, time % 60)
    self.nanosecond = nanosecond
    self.weekday = ((days + 4) % 7 + 7) % 7
    self.dayOfYear = days - Self.day(year: self.year, month: 1, day: 1) + 1
    self.offset = offset
  }

  /// The day's number, counted from the first of January 1970.
  static func day(year: Int, month: Int, day: Int) -> Int {
    // Years that begin in March put the leap day last.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}
