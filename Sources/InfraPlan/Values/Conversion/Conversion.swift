/// Which types convert to which.
///
/// A safe conversion always succeeds, whatever the value; an unsafe one may fail for some values,
/// such as text that is not a number.
enum Conversion {
  static func isPossible(from source: ValueType, to target: ValueType, unsafe: Bool) -> Bool {
    if source == target { return true }
    switch (source, target) {
    case (_, .dynamic): return true
    case (.dynamic, _): return unsafe
    case (.number, .string), (.bool, .string): return true
    case (.string, .number), (.string, .bool): return unsafe
    case (.object(let from), .object(let to)): return isPossible(from, to, unsafe)
    case (.tuple(let from), .tuple(let to)):
      return from.count == to.count
        && zip(from, to).allSatisfy { isPossible(from: $0, to: $1, unsafe: unsafe) }
    case (.list(let from), .list(let to)), (.set(let from), .list(let to)),
      (.set(let from), .set(let to)), (.map(let from), .map(let to)):
      return isPossible(from: from, to: to, unsafe: unsafe)
    case (.list(let from), .set(let to)):
      return unsafe && isPossible(from: from, to: to, unsafe: unsafe)
    case (.tuple(let from), .list(let to)), (.tuple(let from), .set(let to)):
      return areElementsPossible(from, to, unsafe)
    case (.object(let from), .map(let to)):
      return areElementsPossible(from.names.compactMap { from.attributes[$0] }, to, unsafe)
    case (.map(let from), .object(let to)):
      return unsafe
        && to.attributes.values.allSatisfy { isPossible(from: from, to: $0, unsafe: unsafe) }
    default: return false
    }
  }

  private static func isPossible(
    _ from: ValueType.ObjectType, _ to: ValueType.ObjectType, _ unsafe: Bool
  ) -> Bool {
    to.attributes.allSatisfy { name, wanted in
      guard let given = from.attributes[name] else { return to.optional.contains(name) }
      return isPossible(from: given, to: wanted, unsafe: unsafe)
    }
  }

  private static func areElementsPossible(
    _ from: [ValueType], _ to: ValueType, _ unsafe: Bool
  ) -> Bool {
    var wanted = to
    if to == .dynamic {
      guard !from.isEmpty else { return true }
      guard let common = Unification.common(from, unsafe: unsafe) else { return false }
      wanted = common
    }
    return from.allSatisfy { isPossible(from: $0, to: wanted, unsafe: unsafe) }
  }

  /// The wanted type with its dynamic parts taken from what is given.
  static func resolved(_ source: ValueType, _ target: ValueType) -> ValueType {
    if target == .dynamic { return source.withoutOptionals }
    guard target.hasDynamic else { return target.withoutOptionals }
    switch (source, target) {
    case (.list(let from), .list(let to)), (.set(let from), .list(let to)):
      return .list(resolved(from, to))
    case (.list(let from), .set(let to)), (.set(let from), .set(let to)):
      return .set(resolved(from, to))
    case (.map(let from), .map(let to)): return .map(resolved(from, to))
    case (.tuple(let from), .list(let to)):
      return .list(resolvedElement(from, to))
    case (.tuple(let from), .set(let to)): return .set(resolvedElement(from, to))
    case (.object(let from), .map(let to)):
      return .map(resolvedElement(from.names.compactMap { from.attributes[$0] }, to))
    case (.tuple(let from), .tuple(let to)) where from.count == to.count:
      return .tuple(zip(from, to).map { resolved($0, $1) })
    case (.object(let from), .object(let to)):
      return .object(
        Dictionary(
          uniqueKeysWithValues: to.attributes.map { name, wanted in
            (name, from.attributes[name].map { resolved($0, wanted) } ?? wanted.withoutOptionals)
          }))
    default: return target.withoutOptionals
    }
  }

  private static func resolvedElement(_ from: [ValueType], _ to: ValueType) -> ValueType {
    guard let common = from.isEmpty ? nil : Unification.common(from, unsafe: true) else {
      return to.withoutOptionals
    }
    return resolved(common, to)
  }
}
