/// Numbers as the verbs of `format` show them.
enum NumberText {
  static func integer(_ value: WholeNumber, _ verb: FormatString.Verb) -> String {
    let radix: Int
    var prefix = ""
    switch verb.mode {
    case UInt8(ascii: "b"):
      radix = 2
      if verb.isSharp { prefix = "0b" }
    case UInt8(ascii: "o"):
      radix = 8
      if verb.isSharp { prefix = "0" }
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      radix = 16
      if verb.isSharp { prefix = verb.mode == UInt8(ascii: "x") ? "0x" : "0X" }
    default: radix = 10
    }
    var digits = String(decoding: value.magnitude.digits(radix: radix), as: UTF8.self)
    if verb.mode == UInt8(ascii: "X") { digits = digits.uppercased() }
    let sign =
      value.isNegative
      ? "-" : verb.hasPlus ? "+" : verb.hasSpace ? " " : ""
    var zeros = 0
    if let precision = verb.precision {
      if digits.count < precision {
        zeros = precision - digits.count
      } else if digits == "0", precision == 0 {
        return ""
      }
    }
    let length = sign.count + prefix.count + zeros + digits.count
    var left = 0
    var right = 0
    if let width = verb.width, length < width {
      let gap = width - length
      if verb.isLeft {
        right = gap
      } else if verb.isZero, verb.precision == nil {
        zeros = gap
      } else {
        left = gap
      }
    }
    return String(repeating: " ", count: left) + sign + prefix
      + String(repeating: "0", count: zeros)
      + digits + String(repeating: " ", count: right)
  }

  static func float(_ number: Number, _ verb: FormatString.Verb) -> String {
    var body: String
    let magnitude = number.absolute
    if number.isInfinite {
      body = "Inf"
    } else {
      switch verb.mode {
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        let places = verb.precision ?? 6
        body = magnitude.big.exactDigits.rounded(to: places + 1)
          .exponential(places: places, upper: verb.mode == UInt8(ascii: "E"))
      case UInt8(ascii: "f"):
        let places = verb.precision ?? 6
        let digits = magnitude.big.exactDigits
        body = digits.rounded(to: digits.point + places).plain(places: places)
      default:
        body = general(magnitude, precision: verb.precision, upper: verb.mode == UInt8(ascii: "G"))
      }
    }
    let sign = number.isNegative ? "-" : verb.hasPlus ? "+" : verb.hasSpace ? " " : ""
    guard let width = verb.width, sign.count + body.count < width else { return sign + body }
    let gap = width - sign.count - body.count
    if verb.isLeft { return sign + body + String(repeating: " ", count: gap) }
    if verb.isZero, !number.isInfinite { return sign + String(repeating: "0", count: gap) + body }
    return String(repeating: " ", count: gap) + sign + body
  }

  /// `%g`: plain text, or an exponent where the number is very large or small.
  static func general(_ number: Number, precision: Int?, upper: Bool) -> String {
    if number.isInfinite { return number.text }
    let sign = number.isNegative ? "-" : ""
    let magnitude = number.absolute
    var limit = precision ?? 6
    let digits: DecimalDigits
    if let precision {
      limit = max(1, precision)
      digits = magnitude.big.exactDigits.rounded(to: limit)
      // Trailing zeros do not count.
      if limit > digits.digits.count, digits.digits.count >= digits.point {
        limit = digits.digits.count
      }
    } else {
      digits = magnitude.big.shortestDigits
    }
    let exponent = digits.point - 1
    if exponent < -4 || exponent >= limit, !digits.digits.isEmpty {
      return sign + digits.exponential(places: max(0, digits.digits.count - 1), upper: upper)
    }
    return sign + digits.plain(places: max(0, digits.digits.count - digits.point))
  }
}
