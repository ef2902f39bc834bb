extension Natural {
  static func + (left: Natural, right: Natural) -> Natural {
    let (long, short) =
      left.limbs.count >= right.limbs.count ? (left.limbs, right.limbs) : (right.limbs, left.limbs)
    var limbs = long
    var carry: UInt64 = 0
    for index in long.indices {
      guard index < short.count || carry > 0 else { break }
      let (sum, over) = limbs[index].addingReportingOverflow(
        index < short.count ? short[index] : 0)
      let (total, overAgain) = sum.addingReportingOverflow(carry)
      limbs[index] = total
      carry = over || overAgain ? 1 : 0
    }
    if carry > 0 { limbs.append(carry) }
    return Natural(limbs: limbs)
  }

  /// How far two numbers are apart.
  static func distance(_ left: Natural, _ right: Natural) -> Natural {
    let (large, small) = left < right ? (right, left) : (left, right)
    var limbs = large.limbs
    var borrow: UInt64 = 0
    for index in limbs.indices {
      guard index < small.limbs.count || borrow > 0 else { break }
      let (rest, under) = limbs[index].subtractingReportingOverflow(
        index < small.limbs.count ? small.limbs[index] : 0)
      let (total, underAgain) = rest.subtractingReportingOverflow(borrow)
      limbs[index] = total
      borrow = under || underAgain ? 1 : 0
    }
    return Natural(limbs: limbs)
  }

  /// The product; time grows with the product of the lengths.
  static func * (left: Natural, right: Natural) -> Natural {
    guard !left.isZero, !right.isZero else { return Natural(0) }
    var limbs = [UInt64](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (offset, factor) in left.limbs.enumerated() where factor != 0 {
      var carry: UInt64 = 0
      for index in right.limbs.indices {
        let (high, low) = factor.multipliedFullWidth(by: right.limbs[index])
        let (sum, over) = low.addingReportingOverflow(carry)
        let (total, overAgain) = limbs[offset + index].addingReportingOverflow(sum)
        limbs[offset + index] = total
        // The high half is at most 2^64 - 2, and both carries cannot meet at that value.
        carry = high &+ (over ? 1 : 0) &+ (overAgain ? 1 : 0)
      }
      limbs[offset + right.limbs.count] = carry
    }
    return Natural(limbs: limbs)
  }

  func power(_ exponent: Int) -> Natural {
    var result = Natural(1)
    var base = self
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = result * base }
      rest >>= 1
      if rest > 0 { base = base * base }
    }
    return result
  }

  /// The number times a word plus a word.
  func scaled(by factor: UInt64, adding addend: UInt64) -> Natural {
    var limbs = limbs
    var carry = addend
    for index in limbs.indices {
      let (high, low) = limbs[index].multipliedFullWidth(by: factor)
      let (sum, over) = low.addingReportingOverflow(carry)
      limbs[index] = sum
      carry = high &+ (over ? 1 : 0)
    }
    if carry > 0 { limbs.append(carry) }
    return Natural(limbs: limbs)
  }

  /// Quotient and remainder by a word that is not zero.
  func divided(byWord divisor: UInt64) -> (quotient: Natural, remainder: UInt64) {
    var quotient = limbs
    var rest: UInt64 = 0
    for index in quotient.indices.reversed() {
      (quotient[index], rest) = divisor.dividingFullWidth((rest, quotient[index]))
    }
    return (Natural(limbs: quotient), rest)
  }

  /// Quotient and remainder by a number that is not zero (Knuth, volume 2, algorithm D).
  func divided(by divisor: Natural) -> (quotient: Natural, remainder: Natural) {
    if self < divisor { return (Natural(0), self) }
    if let word = divisor.word {
      let (quotient, rest) = divided(byWord: word)
      return (quotient, Natural(rest))
    }
    let shift = divisor.limbs[divisor.limbs.count - 1].leadingZeroBitCount
    let below = (divisor << shift).limbs
    var rest = (self << shift).limbs
    rest += [UInt64](repeating: 0, count: limbs.count + 1 - rest.count)
    let places = rest.count - below.count
    var quotient = [UInt64](repeating: 0, count: places)
    for place in (0..<places).reversed() {
      var digit = Self.estimate(rest, at: place + below.count, below)
      if Self.subtract(below, times: digit, from: &rest, at: place) {
        digit -= 1
        Self.add(below, to: &rest, at: place)
      }
      quotient[place] = digit
    }
    return (Natural(limbs: quotient), Natural(limbs: rest) >> shift)
  }

  /// The digit of a quotient: exact, or one too great.
  private static func estimate(_ rest: [UInt64], at top: Int, _ below: [UInt64]) -> UInt64 {
    let lead = below[below.count - 1]
    let next = below[below.count - 2]
    var digit: UInt64
    var remainder: UInt64
    if rest[top] >= lead {
      digit = .max
      let (sum, over) = rest[top - 1].addingReportingOverflow(lead)
      if over { return digit }
      remainder = sum
    } else {
      (digit, remainder) = lead.dividingFullWidth((rest[top], rest[top - 1]))
    }
    while (remainder, rest[top - 2]) < digit.multipliedFullWidth(by: next) {
      digit -= 1
      let (sum, over) = remainder.addingReportingOverflow(lead)
      if over { break }
      remainder = sum
    }
    return digit
  }

  /// Subtracts a multiple; tells whether that was too much.
  private static func subtract(
    _ below: [UInt64], times digit: UInt64, from rest: inout [UInt64], at place: Int
  ) -> Bool {
    var carry: UInt64 = 0
    var borrow: UInt64 = 0
    for index in below.indices {
      let (high, low) = digit.multipliedFullWidth(by: below[index])
      let (product, over) = low.addingReportingOverflow(carry)
      carry = high &+ (over ? 1 : 0)
      let (difference, under) = rest[place + index].subtractingReportingOverflow(product)
      let (total, underAgain) = difference.subtractingReportingOverflow(borrow)
      rest[place + index] = total
      borrow = under || underAgain ? 1 : 0
    }
    let top = place + below.count
    let (difference, under) = rest[top].subtractingReportingOverflow(carry)
    let (total, underAgain) = difference.subtractingReportingOverflow(borrow)
    rest[top] = total
    return under || underAgain
  }

  private static func add(_ below: [UInt64], to rest: inout [UInt64], at place: Int) {
    var carry: UInt64 = 0
    for index in below.indices {
      let (sum, over) = rest[place + index].addingReportingOverflow(below[index])
      let (total, overAgain) = sum.addingReportingOverflow(carry)
      rest[place + index] = total
      carry = over || overAgain ? 1 : 0
    }
    rest[place + below.count] &+= carry
  }
}
