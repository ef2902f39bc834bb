public import SourceText

extension Value {
  /// A value read from plain JSON: objects, tuples and primitives.
  public init(json: JSONValue) { self = JSONDocument.value(json) }

  /// The known parts as JSON: unknown attributes are left out, unknown elements are null.
  public var json: JSONValue {
    switch content {
    case .null, .unknown: return .null
    case .bool(let flag): return .bool(flag)
    case .number(let number): return .number(number.text)
    case .string(let text): return .string(text)
    case .elements(let elements): return .array(elements.map(\.json))
    case .attributes(let values):
      return .object(
        values.keys.sorted().compactMap { name in
          values[name].flatMap { $0.isKnown ? (name, $0.json) : nil }
        })
    }
  }

  /// Which parts are unknown: `true` there, empty shells elsewhere, `false` where nothing is.
  public var unknownJSON: JSONValue {
    isWhollyKnown ? .bool(false) : shape(isRoot: true, { !$0.isKnown }) ?? .bool(false)
  }

  /// Which parts are sensitive, in the same form.
  public var sensitiveJSON: JSONValue {
    guard deepMarks.contains(.sensitive) else { return .bool(false) }
    return shape(isRoot: true, { $0.marks.contains(.sensitive) }) ?? .bool(false)
  }

  /// Which parts are unknown, with shells even where every part is known.
  public var unknownShape: JSONValue { shape(isRoot: true, { !$0.isKnown }) ?? .bool(false) }

  /// Which parts are sensitive, with shells even where none is.
  public var sensitiveShape: JSONValue {
    shape(isRoot: true, { $0.marks.contains(.sensitive) }) ?? .bool(false)
  }

  /// Whether the value or a part of it is sensitive.
  public var isSensitiveAnywhere: Bool { deepMarks.contains(.sensitive) }

  private func shape(isRoot: Bool, _ test: (Value) -> Bool) -> JSONValue? {
    if test(self) { return .bool(true) }
    switch content {
    case .elements(let elements):
      return .array(elements.map { $0.shape(isRoot: false, test) ?? .bool(false) })
    case .attributes(let values):
      return .object(
        values.keys.sorted().compactMap { name in
          values[name]?.shape(isRoot: false, test).map { (name, $0) }
        })
    case .unknown:
      // An unknown structure still has a shell.
      switch type {
      case .object, .map: return .object([])
      case .list, .set, .tuple: return .array([])
      default: return nil
      }
    default: return nil
    }
  }

  /// Whether an infinite number is anywhere in the value; JSON cannot say it.
  public var hasInfinity: Bool {
    switch content {
    case .number(let number): number.isInfinite
    case .elements(let elements): elements.contains(where: \.hasInfinity)
    case .attributes(let values): values.values.contains(where: \.hasInfinity)
    default: false
    }
  }
}
