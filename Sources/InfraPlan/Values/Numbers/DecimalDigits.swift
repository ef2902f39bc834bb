/// A number in decimal: `0.d₁d₂… × 10^point`, no zeros at either end; none at all for zero.
struct DecimalDigits: Equatable {
  /// ASCII digits.
  var digits: [UInt8]
  var point: Int

  static let zero = DecimalDigits(digits: [], point: 0)

  /// Takes digits that may have zeros at their ends.
  init(digits: [UInt8], point: Int) {
    let start = digits.firstIndex { $0 != 0x30 } ?? digits.count
    let end = digits.lastIndex { $0 != 0x30 }.map { $0 + 1 } ?? digits.count
    self.digits = start < end ? Array(digits[start..<end]) : []
    self.point = start < end ? point - start : 0
  }

  /// The digit at an index; zero beyond either end.
  func digit(_ index: Int) -> UInt8 { digits.indices.contains(index) ? digits[index] : 0x30 }

  /// The first digits, rounded to nearest, a tie to even.
  func rounded(to count: Int) -> DecimalDigits {
    guard count >= 0 else { return .zero }
    guard digits.count > count else { return self }
    let isTie = digits[count] == 0x35 && count + 1 == digits.count
    let isUp = isTie ? count > 0 && digits[count - 1] & 1 == 1 : digits[count] >= 0x35
    return isUp
      ? successor(at: count) : DecimalDigits(digits: Array(digits[..<count]), point: point)
  }

  /// The first digits, plus one in the last place.
  func successor(at count: Int) -> DecimalDigits {
    var kept = (0..<count).map(digit)
    while kept.last == 0x39 { kept.removeLast() }
    guard let last = kept.last else { return DecimalDigits(digits: [0x31], point: point + 1) }
    kept[kept.count - 1] = last + 1
    return DecimalDigits(digits: kept, point: point)
  }

  /// Text without an exponent.
  func plain(places: Int) -> String {
    var bytes: [UInt8] = point > 0 ? (0..<point).map(digit) : [0x30]
    if places > 0 {
      bytes.append(Byte.dot)
      bytes += (0..<places).map { digit(point + $0) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Text with an exponent of two digits at least.
  func exponential(places: Int, upper: Bool) -> String {
    var bytes = [digit(0)]
    if places > 0 {
      bytes.append(Byte.dot)
      bytes += (1...places).map(digit)
    }
    let exponent = digits.isEmpty ? 0 : point - 1
    bytes.append(UInt8(ascii: upper ? "E" : "e"))
    bytes.append(UInt8(ascii: exponent < 0 ? "-" : "+"))
    if abs(exponent) < 10 { bytes.append(0x30) }
    return String(decoding: bytes, as: UTF8.self) + String(abs(exponent))
  }
}

extension DecimalDigits: Comparable {
  static func < (left: DecimalDigits, right: DecimalDigits) -> Bool {
    if left.digits.isEmpty || right.digits.isEmpty {
      return left.digits.isEmpty && !right.digits.isEmpty
    }
    if left.point != right.point { return left.point < right.point }
    return left.digits.lexicographicallyPrecedes(right.digits)
  }

  /// How many leading digits two numbers of the same magnitude share.
  func commonPrefix(with other: DecimalDigits) -> Int {
    point == other.point ? zip(digits, other.digits).prefix { $0 == $1 }.count : 0
  }
}
