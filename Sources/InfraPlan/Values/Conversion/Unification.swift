/// Finds one type that several types convert to.
enum Unification {
  /// The common type, or `nil` if there is none; `types` is not empty.
  static func common(_ types: [ValueType], unsafe: Bool) -> ValueType? {
    guard let first = types.first else { return nil }
    if types.allSatisfy({ $0 == first }) { return first }
    let objects = types.compactMap { type in
      if case .object(let object) = type { object } else { nil }
    }
    let tuples = types.compactMap { type in
      if case .tuple(let elements) = type { elements } else { nil }
    }
    let dynamics = types.count { $0 == .dynamic }
    if !objects.isEmpty, !tuples.isEmpty { return nil }
    let isStructural = objects.count + tuples.count + dynamics == types.count
    if isStructural, dynamics > 0, dynamics < types.count { return .dynamic }
    if !objects.isEmpty, objects.count + dynamics == types.count {
      return common(objects: objects, unsafe)
    }
    if !tuples.isEmpty, tuples.count + dynamics == types.count {
      return common(tuples: tuples, unsafe)
    }
    for wanted in byPreference(types)
    where types.allSatisfy({ Conversion.isPossible(from: $0, to: wanted, unsafe: unsafe) }) {
      return wanted
    }
    return nil
  }

  private static func common(objects: [ValueType.ObjectType], _ unsafe: Bool) -> ValueType? {
    let names = Set(objects[0].attributes.keys)
    guard objects.allSatisfy({ Set($0.attributes.keys) == names }) else {
      // Different attributes: a map may still hold them all.
      let all = objects.flatMap { object in object.names.compactMap { object.attributes[$0] } }
      guard let element = common(all, unsafe: unsafe) else { return nil }
      let map = ValueType.map(element)
      let fits = objects.allSatisfy {
        Conversion.isPossible(from: .object($0), to: map, unsafe: unsafe)
      }
      return fits ? map : nil
    }
    var attributes: [String: ValueType] = [:]
    for name in names {
      guard let type = common(objects.compactMap { $0.attributes[name] }, unsafe: unsafe) else {
        return nil
      }
      attributes[name] = type
    }
    return .object(attributes)
  }

  private static func common(tuples: [[ValueType]], _ unsafe: Bool) -> ValueType? {
    let count = tuples[0].count
    guard tuples.allSatisfy({ $0.count == count }) else {
      guard let element = common(tuples.flatMap { $0 }, unsafe: unsafe) else { return nil }
      let list = ValueType.list(element)
      let fits = tuples.allSatisfy {
        Conversion.isPossible(from: .tuple($0), to: list, unsafe: unsafe)
      }
      return fits ? list : nil
    }
    var elements: [ValueType] = []
    for index in 0..<count {
      guard let type = common(tuples.map { $0[index] }, unsafe: unsafe) else { return nil }
      elements.append(type)
    }
    return .tuple(elements)
  }

  /// The types with the more general ones first.
  private static func byPreference(_ types: [ValueType]) -> [ValueType] {
    var rest = types
    var ordered: [ValueType] = []
    while !rest.isEmpty {
      let best =
        rest.indices.first { index in
          !rest.indices.contains { $0 != index && compare(rest[$0], rest[index]) < 0 }
        } ?? 0
      ordered.append(rest.remove(at: best))
    }
    return ordered
  }

  /// Negative if the first type is to be preferred.
  private static func compare(_ left: ValueType, _ right: ValueType) -> Int {
    if left == right { return 0 }
    switch (left, right) {
    case (.dynamic, _): return 1
    case (_, .dynamic): return -1
    case (.string, .number), (.string, .bool): return -1
    case (.number, .string), (.bool, .string): return 1
    case (.list(let first), .list(let second)), (.set(let first), .set(let second)),
      (.map(let first), .map(let second)):
      return compare(first, second)
    case (.list, .set), (.list, .tuple), (.set, .tuple), (.map, .object): return -1
    case (.set, .list), (.tuple, .list), (.tuple, .set), (.object, .map): return 1
    default: return 0
    }
  }
}
