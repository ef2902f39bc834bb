public import SourceText

extension ValueType {
  /// The name for messages: `list of string`, `object`.
  public var friendlyName: String { name(inConstraint: false) }

  /// The name where the type is what is wanted: `list of any single type`.
  var constraintName: String { name(inConstraint: true) }

  private func name(inConstraint: Bool) -> String {
    switch self {
    case .dynamic: return inConstraint ? "any type" : "dynamic"
    case .string: return "string"
    case .number: return "number"
    case .bool: return "bool"
    case .list(let element): return "list of " + Self.elementName(element, inConstraint)
    case .set(let element): return "set of " + Self.elementName(element, inConstraint)
    case .map(let element): return "map of " + Self.elementName(element, inConstraint)
    case .tuple: return "tuple"
    case .object: return "object"
    }
  }

  private static func elementName(_ element: ValueType, _ inConstraint: Bool) -> String {
    inConstraint && element == .dynamic
      ? "any single type" : element.name(inConstraint: inConstraint)
  }

  /// Terraform's JSON encoding: `"string"`, `["list","string"]`, `["object",{…}]`.
  public var json: JSONValue {
    switch self {
    case .dynamic: return .string("dynamic")
    case .string: return .string("string")
    case .number: return .string("number")
    case .bool: return .string("bool")
    case .list(let element): return .array([.string("list"), element.json])
    case .set(let element): return .array([.string("set"), element.json])
    case .map(let element): return .array([.string("map"), element.json])
    case .tuple(let elements): return .array([.string("tuple"), .array(elements.map(\.json))])
    case .object(let object):
      let attributes = object.names.map { ($0, object.attributes[$0]?.json ?? .null) }
      var parts: [JSONValue] = [.string("object"), .object(attributes)]
      if !object.optional.isEmpty {
        parts.append(.array(object.optional.sorted().map { .string($0) }))
      }
      return .array(parts)
    }
  }

  /// Reads Terraform's JSON encoding; `nil` if it is not one.
  public init?(json: JSONValue) {
    if let name = json.stringValue {
      switch name {
      case "string": self = .string
      case "number": self = .number
      case "bool": self = .bool
      case "dynamic": self = .dynamic
      default: return nil
      }
      return
    }
    guard let kind = json[0]?.stringValue, let inner = json[1] else { return nil }
    switch kind {
    case "list", "set", "map":
      guard let element = ValueType(json: inner) else { return nil }
      self = kind == "list" ? .list(element) : kind == "set" ? .set(element) : .map(element)
    case "tuple":
      let elements = (inner.elements ?? []).map { ValueType(json: $0) }
      guard !elements.contains(nil) else { return nil }
      self = .tuple(elements.compactMap { $0 })
    case "object":
      var attributes: [String: ValueType] = [:]
      for member in inner.members ?? [] {
        guard let type = ValueType(json: member.value) else { return nil }
        attributes[member.name] = type
      }
      let optional = (json[2]?.elements ?? []).compactMap(\.stringValue)
      self = .object(ObjectType(attributes, optional: Set(optional)))
    default: return nil
    }
  }
}
