/// A moment as RFC 3339 writes it.
struct Timestamp {
  var year: Int
  var month: Int
  var day: Int
  var hour: Int
  var minute: Int
  var second: Int
  var nanosecond = 0
  /// Minutes east of UTC.
  var offset: Int
  /// Whether the offset was written as `Z`.
  var isZulu: Bool

  static func daysInMonth(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 of a date of the Gregorian calendar.
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Seconds since 1970-01-01T00:00:00Z.
  var seconds: Int {
    Self.days(year, month, day) * 86_400 + hour * 3600 + (minute - offset) * 60 + second
  }

  /// Sunday is 0.
  var weekday: Int { ((Self.days(year, month, day) + 4) % 7 + 7) % 7 }

  init(seconds: Int, nanosecond: Int, offset: Int, isZulu: Bool) {
    let local = seconds + offset * 60
    var days = local / 86_400
    var rest = local % 86_400
    if rest < 0 {
      rest += 86_400
      days -= 1
    }
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted + (shifted < 10 ? 3 : -9)
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
    self.nanosecond = nanosecond
    self.offset = offset
    self.isZulu = isZulu
  }

  /// Reads RFC 3339, or says what is wrong.
  init(_ text: String) throws(FunctionError) {
    var reader = TimestampReader(text)
    year = try reader.number(4, "year", 0...9999)
    try reader.expect("-")
    month = try reader.number(2, "month", 1...12)
    try reader.expect("-")
    day = try reader.number(2, "day of month", 0...99)
    try reader.expect("T")
    (hour, minute, second) = try reader.clock()
    nanosecond = try reader.fraction()
    (offset, isZulu) = try reader.zone()
    if day < 1 || day > Self.daysInMonth(month, year) {
      throw TimestampReader.failure("day out of range")
    }
    try reader.finish()
  }

  /// RFC 3339 with whole seconds.
  var text: String {
    func pad(_ value: Int, _ width: Int = 2) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let zone: String
    if offset == 0 {
      zone = "Z"
    } else {
      zone = (offset < 0 ? "-" : "+") + pad(abs(offset) / 60) + ":" + pad(abs(offset) % 60)
    }
    return
      "\(pad(year, 4))-\(pad(month))-\(pad(day))T\(pad(hour)):\(pad(minute)):\(pad(second))\(zone)"
  }
}
