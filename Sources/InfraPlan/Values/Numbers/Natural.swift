/// A whole number of any size, not negative.
///
/// Limbs of 64 bits, the least significant first, the last one never zero; zero has none. The
/// algorithms are the schoolbook ones: the numbers of a configuration have a few hundred bits, and
/// the readers of text bound the rest.
struct Natural: Sendable, Hashable {
  private(set) var limbs: [UInt64]

  init(_ value: UInt64) { limbs = value == 0 ? [] : [value] }

  /// A number from limbs that may end in zeros.
  init(limbs: [UInt64]) {
    self.limbs = limbs
    trim()
  }

  /// Two to a power.
  static func powerOfTwo(_ exponent: Int) -> Natural { Natural(1) << exponent }

  private mutating func trim() {
    while limbs.last == 0 { limbs.removeLast() }
  }

  var isZero: Bool { limbs.isEmpty }

  var isOdd: Bool { limbs.first.map { $0 & 1 == 1 } ?? false }

  /// How many bits the number needs; zero for zero.
  var bitWidth: Int {
    guard let last = limbs.last else { return 0 }
    return limbs.count * 64 - last.leadingZeroBitCount
  }

  /// How many times the number is even; zero for zero.
  var trailingZeroBitCount: Int {
    guard let index = limbs.firstIndex(where: { $0 != 0 }) else { return 0 }
    return index * 64 + limbs[index].trailingZeroBitCount
  }

  /// The value as a machine word, if it fits.
  var word: UInt64? {
    switch limbs.count {
    case 0: 0
    case 1: limbs[0]
    default: nil
    }
  }

  /// Whether any of the lowest bits is set.
  func hasBits(below count: Int) -> Bool { !isZero && trailingZeroBitCount < count }

  /// The bit at an index, the least significant first.
  func bit(_ index: Int) -> Bool {
    index / 64 < limbs.count && limbs[index / 64] >> UInt64(index % 64) & 1 == 1
  }

  static func << (left: Natural, count: Int) -> Natural {
    guard count > 0, !left.isZero else { return left }
    let (whole, part) = (count / 64, UInt64(count % 64))
    var limbs = [UInt64](repeating: 0, count: whole)
    limbs.reserveCapacity(whole + left.limbs.count + 1)
    var carry: UInt64 = 0
    for limb in left.limbs {
      limbs.append(limb << part | carry)
      carry = part == 0 ? 0 : limb >> (64 - part)
    }
    limbs.append(carry)
    return Natural(limbs: limbs)
  }

  static func >> (left: Natural, count: Int) -> Natural {
    guard count > 0 else { return left }
    let (whole, part) = (count / 64, UInt64(count % 64))
    guard whole < left.limbs.count else { return Natural(0) }
    var limbs = Array(left.limbs[whole...])
    if part > 0 {
      for index in limbs.indices {
        let above = index + 1 < limbs.count ? limbs[index + 1] << (64 - part) : 0
        limbs[index] = limbs[index] >> part | above
      }
    }
    return Natural(limbs: limbs)
  }
}

extension Natural: Comparable {
  static func < (left: Natural, right: Natural) -> Bool {
    if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
    for (first, second) in zip(left.limbs.reversed(), right.limbs.reversed()) where first != second
    {
      return first < second
    }
    return false
  }
}
