public import SourceText

extension JSONValue {
  /// A number spelled as Go's JSON writer does; null for one that JSON cannot hold.
  public static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .number(NumberText.json(value)) : .null
  }
}

extension ValueTree {
  /// Adds a JSON value; strings stay strings whatever they spell.
  public mutating func add(_ value: JSONValue, origin: UInt32 = 0) -> NodeID {
    let id: NodeID
    switch value.kind {
    case .null: id = makeNull()
    case .bool(let value): id = makeBool(value)
    case .number(let text): id = makeScalar(text)
    case .string(let text): id = makeString(text, style: .doubleQuoted)
    case .array(let elements):
      id = makeSequence()
      for element in elements { append(add(element, origin: origin), to: id) }
    case .object(let members):
      id = makeMapping()
      for member in members {
        let key = makeString(member.name, style: .doubleQuoted)
        appendEntry(key, add(member.value, origin: origin), to: id)
      }
    }
    if origin != 0 { self[id].origin = origin }
    return id
  }

  /// The node as JSON under some rules: keys are their text, a timestamp is a string.
  ///
  /// Numbers are spelled as Go's JSON writer does; a number JSON cannot hold becomes `null`.
  public func json(of id: NodeID, _ rules: ScalarRules = .kubernetes) -> JSONValue {
    switch self[id].kind {
    case .scalar:
      switch value(of: id, rules) {
      case .null, nil: return .null
      case .bool(let value): return .bool(value)
      case .integer(let value): return .number(String(value))
      case .unsigned(let value): return .number(String(value))
      case .float(let value): return .number(value)
      case .timestamp(let text): return .string(text)
      case .string: return .string(text(of: id))
      }
    case .sequence: return .array(elements(of: id).map { json(of: $0, rules) })
    case .mapping:
      return .object(
        entries(of: id).map { entry in (text(of: entry.key), json(of: entry.value, rules)) })
    }
  }
}
