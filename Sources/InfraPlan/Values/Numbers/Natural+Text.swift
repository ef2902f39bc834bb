extension Natural {
  /// Reads digits of a radix from 2 to 36, letters of either case; `nil` if another byte is among
  /// them or there are none. Time grows with the square of the length.
  init?(digits: some Sequence<UInt8>, radix: Int = 10) {
    self.init(digits: digits, radix: radix) { byte in
      switch byte {
      case 0x30...0x39: Int(byte) - 0x30
      case 0x41...0x5A: Int(byte) - 0x41 + 10
      case 0x61...0x7A: Int(byte) - 0x61 + 10
      default: nil
      }
    }
  }

  /// Reads digits whose values the caller tells.
  init?(digits: some Sequence<UInt8>, radix: Int, value: (UInt8) -> Int?) {
    let chunk = Self.chunk(of: radix)
    var result = Natural(0)
    var pending: UInt64 = 0
    var power: UInt64 = 1
    var isEmpty = true
    for byte in digits {
      guard let digit = value(byte), digit < radix else { return nil }
      isEmpty = false
      pending = pending * UInt64(radix) + UInt64(digit)
      power *= UInt64(radix)
      if power == chunk.power {
        result = result.scaled(by: power, adding: pending)
        (pending, power) = (0, 1)
      }
    }
    guard !isEmpty else { return nil }
    self = power == 1 ? result : result.scaled(by: power, adding: pending)
  }

  /// The greatest power of a radix that fits a word.
  private static func chunk(of radix: Int) -> (power: UInt64, digits: Int) {
    var (power, digits) = (UInt64(radix), 1)
    while true {
      let (next, over) = power.multipliedReportingOverflow(by: UInt64(radix))
      if over { return (power, digits) }
      (power, digits) = (next, digits + 1)
    }
  }

  /// The digits in a radix from 2 to 36, lower case, as ASCII; `0` for zero.
  ///
  /// Halves the number by powers of the radix, so that most work is long division, which is many
  /// times quicker than a division for each digit.
  func digits(radix: Int = 10) -> [UInt8] {
    let chunk = Self.chunk(of: radix)
    var powers = [Natural(chunk.power)]
    while let last = powers.last, last.bitWidth * 2 - 1 <= bitWidth { powers.append(last * last) }
    var bytes: [UInt8] = []
    appendDigits(to: &bytes, radix: radix, powers: powers, width: chunk.digits)
    let start = bytes.firstIndex { $0 != 0x30 } ?? bytes.count - 1
    return Array(bytes[start...])
  }

  /// Appends `width × 2^powers.count` digits, zeros in front.
  private func appendDigits(
    to bytes: inout [UInt8], radix: Int, powers: [Natural], width: Int
  ) {
    guard let power = powers.last else {
      var rest = word ?? 0
      let start = bytes.count
      bytes += [UInt8](repeating: 0x30, count: width)
      for index in (start..<bytes.count).reversed() where rest > 0 {
        let digit = UInt8(rest % UInt64(radix))
        bytes[index] = digit < 10 ? 0x30 + digit : 0x61 + digit - 10
        rest /= UInt64(radix)
      }
      return
    }
    let (high, low) = divided(by: power)
    let smaller = powers.dropLast()
    high.appendDigits(to: &bytes, radix: radix, powers: Array(smaller), width: width)
    low.appendDigits(to: &bytes, radix: radix, powers: Array(smaller), width: width)
  }
}

extension Natural: CustomStringConvertible {
  var description: String { String(decoding: digits(), as: UTF8.self) }
}
