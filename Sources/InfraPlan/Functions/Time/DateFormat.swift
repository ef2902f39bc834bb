/// The format language of `formatdate`: runs of a letter are verbs, quoted text is literal.
enum DateFormat {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let days = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  static func render(_ format: String, _ time: Timestamp) throws(FunctionError) -> String {
    let characters = Array(format)
    var output = ""
    var index = 0
    while index < characters.count {
      let first = characters[index]
      if first == "'" {
        index += 1
        if index < characters.count, characters[index] == "'" {
          output.append("'")
          index += 1
          continue
        }
        var isClosed = false
        while index < characters.count {
          if characters[index] == "'" {
            if index + 1 < characters.count, characters[index + 1] == "'" {
              output.append("'")
              index += 2
              continue
            }
            index += 1
            isClosed = true
            break
          }
          output.append(characters[index])
          index += 1
        }
        guard isClosed else { throw FunctionError("unterminated literal '", argument: 0) }
        continue
      }
      guard first.isASCII, first.isLetter else {
        output.append(first)
        index += 1
        continue
      }
      var end = index
      while end < characters.count, characters[end] == first { end += 1 }
      let verb = String(characters[index..<end])
      guard let text = text(verb, time) else { throw refusal(verb) }
      output += text
      index = end
    }
    return output
  }

  private static func refusal(_ verb: String) -> FunctionError {
    let hint: String
    switch verb.first {
    case "Y": hint = "year must either be \"YY\" or \"YYYY\""
    case "M": hint = "month must be \"M\", \"MM\", \"MMM\", or \"MMMM\""
    case "D": hint = "day of month must either be \"D\" or \"DD\""
    case "E": hint = "day of week must either be \"EEE\" or \"EEEE\""
    case "h": hint = "24-hour must either be \"h\" or \"hh\""
    case "H": hint = "12-hour must either be \"H\" or \"HH\""
    case "A", "a": hint = "must be \"\(verb.first == "A" ? "AA" : "aa")\""
    case "m": hint = "minute must either be \"m\" or \"mm\""
    case "s": hint = "second must either be \"s\" or \"ss\""
    case "Z": hint = "timezone must be Z, ZZZZ, or ZZZZZ"
    default: return FunctionError("invalid date format verb \(Quoting.goQuoted(verb))", argument: 0)
    }
    return FunctionError(
      "invalid date format verb \(Quoting.goQuoted(verb)): \(hint)", argument: 0)
  }

  private static func text(_ verb: String, _ time: Timestamp) -> String? {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
    let hour12 = time.hour % 12 == 0 ? 12 : time.hour % 12
    switch verb {
    case "YY": return two(time.year % 100)
    case "YYYY":
      return String(repeating: "0", count: max(0, 4 - String(time.year).count)) + String(time.year)
    case "M": return String(time.month)
    case "MM": return two(time.month)
    case "MMM": return String(months[time.month - 1].prefix(3))
    case "MMMM": return months[time.month - 1]
    case "D": return String(time.day)
    case "DD": return two(time.day)
    case "EEE": return String(days[time.weekday].prefix(3))
    case "EEEE": return days[time.weekday]
    case "h": return String(time.hour)
    case "hh": return two(time.hour)
    case "H": return String(hour12)
    case "HH": return two(hour12)
    case "AA": return time.hour < 12 ? "AM" : "PM"
    case "aa": return time.hour < 12 ? "am" : "pm"
    case "m": return String(time.minute)
    case "mm": return two(time.minute)
    case "s": return String(time.second)
    case "ss": return two(time.second)
    case "Z", "ZZZZ", "ZZZZZ", "ZZZ":
      let sign = time.offset < 0 ? "-" : "+"
      let (hours, minutes) = (abs(time.offset) / 60, abs(time.offset) % 60)
      if verb == "Z", time.offset == 0 { return "Z" }
      if verb == "ZZZ" { return time.offset == 0 ? "UTC" : sign + two(hours) + two(minutes) }
      return sign + two(hours) + (verb == "ZZZZ" ? "" : ":") + two(minutes)
    default: return nil
    }
  }
}
