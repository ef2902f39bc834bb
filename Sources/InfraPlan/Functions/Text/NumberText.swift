internal import BigInt

/// Numbers as the verbs of `format` show them.
enum NumberText {
  static func integer(_ value: BigInt, _ verb: FormatString.Verb) -> String {
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
    var digits = String(value.magnitude, radix: radix)
    if verb.mode == UInt8(ascii: "X") { digits = digits.uppercased() }
    let sign =
      value.sign == .minus && !value.magnitude.isZero
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
        body = exponential(
          rounded(magnitude, significant: (verb.precision ?? 6) + 1), places: verb.precision ?? 6,
          upper: verb.mode == UInt8(ascii: "E"))
      case UInt8(ascii: "f"): body = fixed(magnitude, places: verb.precision ?? 6)
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
    let digits: Digits
    if let precision {
      limit = max(1, precision)
      digits = rounded(magnitude, significant: limit)
      // Trailing zeros do not count.
      if limit > digits.digits.count, digits.digits.count >= digits.point {
        limit = digits.digits.count
      }
    } else {
      digits = magnitude.isZero ? ([], 0) : magnitude.big.shortestDigits
    }
    let exponent = digits.point - 1
    if exponent < -4 || exponent >= limit, !digits.digits.isEmpty {
      return sign + exponential(digits, places: max(0, digits.digits.count - 1), upper: upper)
    }
    return sign + plain(digits, places: max(0, digits.digits.count - digits.point))
  }

  typealias Digits = (digits: [UInt8], point: Int)

  private static func exact(_ number: Number) -> Digits {
    let big = number.big
    guard !big.isZero else { return ([], 0) }
    let places = max(0, -big.exponent)
    let scaled =
      big.exponent >= 0 ? big.mantissa << big.exponent : big.mantissa * BigUInt(5).power(places)
    let text = Array(String(scaled).utf8)
    return (text, text.count - places)
  }

  private static func rounded(_ number: Number, significant: Int) -> Digits {
    round(exact(number), keeping: significant)
  }

  private static func round(_ number: Digits, keeping count: Int) -> Digits {
    var digits = number.digits
    var point = number.point
    if count < 0 { return ([], 0) }
    if digits.count > count {
      let next = digits[count]
      let isTie = next == 0x35 && digits[(count + 1)...].allSatisfy { $0 == 0x30 }
      let isUp = isTie ? count > 0 && digits[count - 1] & 1 == 1 : next >= 0x35
      digits = Array(digits[..<count])
      if isUp {
        var index = count - 1
        while index >= 0, digits[index] == 0x39 {
          digits.removeLast()
          index -= 1
        }
        if index >= 0 {
          digits[index] += 1
        } else {
          digits = [0x31]
          point += 1
        }
      }
    }
    while digits.last == 0x30 { digits.removeLast() }
    return (digits, digits.isEmpty ? 0 : point)
  }

  private static func fixed(_ number: Number, places: Int) -> String {
    let digits = exact(number)
    return plain(round(digits, keeping: digits.point + places), places: places)
  }

  private static func plain(_ number: Digits, places: Int) -> String {
    func digit(_ index: Int) -> UInt8 {
      number.digits.indices.contains(index) ? number.digits[index] : 0x30
    }
    var bytes: [UInt8] = []
    if number.point > 0 {
      for index in 0..<number.point { bytes.append(digit(index)) }
    } else {
      bytes.append(0x30)
    }
    if places > 0 {
      bytes.append(Byte.dot)
      for index in 0..<places { bytes.append(digit(number.point + index)) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func exponential(_ number: Digits, places: Int, upper: Bool) -> String {
    func digit(_ index: Int) -> UInt8 {
      number.digits.indices.contains(index) ? number.digits[index] : 0x30
    }
    var bytes = [digit(0)]
    if places > 0 {
      bytes.append(Byte.dot)
      for index in 1...places { bytes.append(digit(index)) }
    }
    let exponent = number.digits.isEmpty ? 0 : number.point - 1
    bytes.append(UInt8(ascii: upper ? "E" : "e"))
    bytes.append(UInt8(ascii: exponent < 0 ? "-" : "+"))
    let text = String(abs(exponent))
    if text.utf8.count < 2 { bytes.append(0x30) }
    return String(decoding: bytes, as: UTF8.self) + text
  }
}
