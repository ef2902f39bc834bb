extension Value {
  /// Whether two values are the same: `nil` where that depends on something unknown.
  ///
  /// Types must match as well; null equals null of any type. Marks are ignored.
  static func equal(_ left: Value, _ right: Value) -> Bool? {
    if left.isNull || right.isNull {
      if left.isNull, right.isNull { return true }
      let other = left.isNull ? right : left
      return other.mayBeNull ? nil : false
    }
    if left.type == .dynamic || right.type == .dynamic { return nil }
    // Two types that can never agree decide the question, whatever the values are.
    if !ValueType.mayAgree(left.type, right.type) { return false }
    guard left.isKnown, right.isKnown else { return equalUnknown(left, right) }
    if left.type.hasDynamic || right.type.hasDynamic, left.type != right.type { return nil }
    if left.type != right.type { return false }
    switch (left.content, right.content) {
    case (.bool(let first), .bool(let second)): return first == second
    case (.number(let first), .number(let second)): return first == second
    case (.string(let first), .string(let second)): return first == second
    case (.elements(let first), .elements(let second)):
      if left.type.isSet { return equalSets(first, second) }
      guard first.count == second.count else { return false }
      return allEqual(zip(first, second))
    case (.attributes(let first), .attributes(let second)):
      guard first.count == second.count else { return false }
      var pairs: [(Value, Value)] = []
      for (name, value) in first {
        guard let other = second[name] else { return false }
        pairs.append((value, other))
      }
      return allEqual(pairs)
    default: return nil
    }
  }

  private static func allEqual(_ pairs: some Sequence<(Value, Value)>) -> Bool? {
    var isUncertain = false
    for (first, second) in pairs {
      switch equal(first, second) {
      case false?: return false
      case nil: isUncertain = true
      case true?: break
      }
    }
    return isUncertain ? nil : true
  }

  private static func equalSets(_ first: [Value], _ second: [Value]) -> Bool? {
    if !first.allSatisfy(\.isWhollyKnown) || !second.allSatisfy(\.isWhollyKnown) { return nil }
    guard first.count == second.count else { return false }
    let keys = Set(first.map(SetOrder.key))
    return second.allSatisfy { keys.contains(SetOrder.key($0)) }
  }

  private static func equalUnknown(_ left: Value, _ right: Value) -> Bool? {
    // A known string that does not start with the other's certain prefix is another string.
    if left.type == .string, right.type == .string {
      let prefixes = [left, right].map { $0.stringValue ?? $0.refinement?.prefix ?? "" }
      let known = [left, right].map(\.isKnown)
      for (index, other) in [(0, 1), (1, 0)] where known[index] {
        if !prefixes[index].utf8.starts(with: prefixes[other].utf8) { return false }
      }
    }
    if left.type.isCollection, right.type.isCollection {
      let first = left.lengthBounds
      let second = right.lengthBounds
      if let upper = first.upper, upper < second.lower { return false }
      if let upper = second.upper, upper < first.lower { return false }
    }
    return nil
  }

  /// Whether two wholly known values are the same.
  static func same(_ left: Value, _ right: Value) -> Bool { equal(left, right) == true }
}

extension ValueType {
  /// Whether two types are equal once their dynamic parts are decided suitably.
  static func mayAgree(_ left: ValueType, _ right: ValueType) -> Bool {
    switch (left, right) {
    case (.dynamic, _), (_, .dynamic): true
    case (.list(let first), .list(let second)), (.set(let first), .set(let second)),
      (.map(let first), .map(let second)):
      mayAgree(first, second)
    case (.tuple(let first), .tuple(let second)):
      first.count == second.count && zip(first, second).allSatisfy { mayAgree($0, $1) }
    case (.object(let first), .object(let second)):
      first.attributes.count == second.attributes.count
        && first.attributes.allSatisfy { name, type in
          second.attributes[name].map { mayAgree(type, $0) } ?? false
        }
    default: left == right
    }
  }
}
