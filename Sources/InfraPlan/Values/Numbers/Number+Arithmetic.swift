extension Number: Comparable {
  /// Orders by value.
  public static func < (left: Number, right: Number) -> Bool { compare(left, right) < 0 }

  static func compare(_ left: Number, _ right: Number) -> Int {
    if case .integer(let first) = left.storage, case .integer(let second) = right.storage {
      return first == second ? 0 : first < second ? -1 : 1
    }
    if case .infinity(let first) = left.storage {
      if case .infinity(let second) = right.storage {
        return first == second ? 0 : first ? -1 : 1
      }
      return first ? -1 : 1
    }
    if case .infinity(let second) = right.storage { return second ? 1 : -1 }
    return BigFloat.compare(left.big, right.big)
  }

  var negated: Number {
    switch storage {
    case .integer(let value) where value != .min && value != 0:
      Number(.integer(-value), precision: precision)
    case .infinity(let isNegative): Number(.infinity(isNegative: !isNegative), precision: precision)
    default: Number(big.negated)
    }
  }

  /// The sum, or `nil` for infinities of opposite sign.
  static func sum(_ left: Number, _ right: Number) -> Number? {
    let precision = max(left.precision, right.precision)
    if case .integer(let first) = left.storage, case .integer(let second) = right.storage {
      let (total, overflow) = first.addingReportingOverflow(second)
      if !overflow { return Number(.integer(total), precision: precision) }
    }
    if left.isInfinite || right.isInfinite {
      if left.isInfinite, right.isInfinite, left.isNegative != right.isNegative { return nil }
      return left.isInfinite ? left : right
    }
    return Number(BigFloat.sum(left.big, right.big))
  }

  static func difference(_ left: Number, _ right: Number) -> Number? { sum(left, right.negated) }

  /// The product, or `nil` for zero times infinity.
  static func product(_ left: Number, _ right: Number) -> Number? {
    let precision = max(left.precision, right.precision)
    if case .integer(let first) = left.storage, case .integer(let second) = right.storage {
      let (total, overflow) = first.multipliedReportingOverflow(by: second)
      if !overflow { return Number(.integer(total), precision: precision) }
    }
    if left.isInfinite || right.isInfinite {
      if left.isZero || right.isZero { return nil }
      return Number(
        .infinity(isNegative: left.isNegative != right.isNegative), precision: precision)
    }
    return Number(BigFloat.product(left.big, right.big))
  }

  /// The quotient, or `nil` for zero by zero and infinity by infinity; `x / 0` is infinite.
  static func quotient(_ left: Number, _ right: Number) -> Number? {
    let precision = max(left.precision, right.precision)
    if right.isZero {
      if left.isZero { return nil }
      return Number(.infinity(isNegative: left.isNegative), precision: precision)
    }
    if left.isInfinite {
      if right.isInfinite { return nil }
      return Number(
        .infinity(isNegative: left.isNegative != right.isNegative), precision: precision)
    }
    if right.isInfinite { return Number(.integer(0), precision: precision) }
    if case .integer(let first) = left.storage, case .integer(let second) = right.storage,
      second != -1, first % second == 0
    {
      return Number(.integer(first / second), precision: precision)
    }
    return Number(BigFloat.quotient(left.big, right.big))
  }

  /// The remainder with the sign of the dividend, or `nil` for an infinite operand; by zero the
  /// dividend itself.
  static func remainder(_ left: Number, _ right: Number) -> Number? {
    if right.isZero { return left }
    if left.isInfinite || right.isInfinite { return nil }
    if case .integer(let first) = left.storage, case .integer(let second) = right.storage,
      second != -1
    {
      return Number(.integer(first % second), precision: max(left.precision, right.precision))
    }
    guard let ratio = quotient(left, right), let whole = ratio.truncated,
      let multiple = product(right, Number(whole))
    else { return nil }
    return difference(left, multiple)
  }

  var absolute: Number { isNegative ? negated : self }

  /// The greatest whole number not above, or the least not below.
  func rounded(up: Bool) -> Number {
    guard !isWhole, let whole = truncated else { return self }
    if up, !isNegative { return Number(whole + WholeNumber(1)) }
    if !up, isNegative { return Number(whole + WholeNumber(-1)) }
    return Number(whole)
  }
}
