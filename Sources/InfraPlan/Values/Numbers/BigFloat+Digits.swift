extension BigFloat {
  /// The decimal digits of the number without its sign.
  ///
  /// All of them, unless the number is beyond `10^±300,000`: then the first 800.
  var exactDigits: DecimalDigits {
    DecimalScale(exponent: exponent, bits: mantissa.bitWidth, limit: 1_000_000).digits(of: mantissa)
  }

  /// The fewest decimal digits that read back as this number without its sign.
  var shortestDigits: DecimalDigits {
    guard !isZero else { return .zero }
    // Everything up to the midpoints between the number and its neighbours reads back as it; below
    // a power of two the neighbour is half as far.
    let shift = max(0, precision - mantissa.bitWidth) + 2
    let middle = mantissa << shift
    let isPowerOfTwo = mantissa == Natural(1)
    let scale = DecimalScale(exponent: exponent - shift, bits: middle.bitWidth, limit: 4096)
    // A midpoint itself rounds to the even mantissa.
    let bounds = Bounds(
      lower: scale.digits(of: Natural.distance(middle, Natural(isPowerOfTwo ? 1 : 2))),
      upper: scale.digits(of: middle + Natural(2)), isInclusive: shift > 2 || !mantissa.isOdd)
    return bounds.shortest(near: scale.digits(of: middle))
  }

  private struct Bounds {
    let lower: DecimalDigits
    let upper: DecimalDigits
    let isInclusive: Bool

    func contains(_ number: DecimalDigits) -> Bool {
      isInclusive
        ? !(number < lower) && !(upper < number) : lower < number && number < upper
    }

    func shortest(near value: DecimalDigits) -> DecimalDigits {
      // Digits that all three share are in any result.
      let shared = min(value.commonPrefix(with: lower), value.commonPrefix(with: upper))
      for count in stride(from: max(1, shared), to: value.digits.count, by: 1) {
        let down = DecimalDigits(digits: Array(value.digits[..<count]), point: value.point)
        let up = value.successor(at: count)
        switch (contains(down), contains(up)) {
        case (true, true): return value.rounded(to: count)
        case (true, false): return down
        case (false, true): return up
        case (false, false): continue
        }
      }
      return value
    }
  }
}
