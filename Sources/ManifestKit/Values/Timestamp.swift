/// Dates and times in YAML's spelling.
enum Timestamp {
  /// The RFC 3339 form of a YAML timestamp, or `nil` for other text.
  ///
  /// Accepted: `2001-12-14`, `2001-12-14 21:59:43.10`, `2001-12-14T21:59:43.1-05:00` (also with
  /// `t`); a time without zone is UTC. Trailing zeros of the fraction go.
  static func rfc3339(_ text: ArraySlice<UInt8>) -> String? {
    var reader = Reader(text: text, position: text.startIndex)
    guard let year = reader.digits(4...4), reader.skip("-"), let month = reader.digits(1...2),
      reader.skip("-"), let day = reader.digits(1...2), (1...12).contains(month),
      day >= 1, day <= days(inMonth: month, of: year)
    else { return nil }
    let date = pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) + "T"
    if reader.isAtEnd { return date + "00:00:00Z" }
    let isISO = reader.skip("T") || reader.skip("t")
    guard isISO || reader.skip(" ") else { return nil }
    guard let hour = reader.digits(1...2), reader.skip(":"), let minute = reader.digits(1...2),
      reader.skip(":"), let second = reader.digits(1...2), hour < 24, minute < 60, second < 60
    else { return nil }
    var result = date + pad(hour, 2) + ":" + pad(minute, 2) + ":" + pad(second, 2)
    if reader.skip(".") || reader.skip(",") {
      guard let fraction = reader.fraction() else { return nil }
      if !fraction.isEmpty { result += "." + fraction }
    }
    guard isISO else { return reader.isAtEnd ? result + "Z" : nil }
    if reader.skip("Z") { return reader.isAtEnd ? result + "Z" : nil }
    let isWest = reader.skip("-")
    guard isWest || reader.skip("+"), let hours = reader.digits(2...2), reader.skip(":"),
      let minutes = reader.digits(2...2), hours < 25, minutes < 60, reader.isAtEnd
    else { return nil }
    if hours == 0, minutes == 0 { return result + "Z" }
    return result + (isWest ? "-" : "+") + pad(hours, 2) + ":" + pad(minutes, 2)
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func pad(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  private struct Reader {
    let text: ArraySlice<UInt8>
    var position: Int

    var isAtEnd: Bool { position == text.endIndex }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard position < text.endIndex, UInt32(text[position]) == character.value else {
        return false
      }
      position += 1
      return true
    }

    mutating func digits(_ count: ClosedRange<Int>) -> Int? {
      let start = position
      var value = 0
      while position < text.endIndex, text[position] >= 0x30, text[position] <= 0x39,
        position - start < count.upperBound
      {
        value = value * 10 + Int(text[position] - 0x30)
        position += 1
      }
      return position - start >= count.lowerBound ? value : nil
    }

    /// Up to nine digits without trailing zeros.
    mutating func fraction() -> String? {
      let start = position
      while position < text.endIndex, text[position] >= 0x30, text[position] <= 0x39 {
        position += 1
      }
      guard position > start else { return nil }
      var digits = Array(text[start..<min(position, start + 9)])
      while digits.last == 0x30 { digits.removeLast() }
      return String(decoding: digits, as: UTF8.self)
    }
  }
}
