/// The type of a value: what Terraform's type constraints describe.
public indirect enum ValueType: Hashable, Sendable {
  /// Not known yet, or any type at all.
  case dynamic
  /// Text.
  case string
  /// A number.
  case number
  /// `true` or `false`.
  case bool
  /// Elements of one type in order.
  case list(ValueType)
  /// Distinct elements of one type.
  case set(ValueType)
  /// Named elements of one type.
  case map(ValueType)
  /// Elements in order, each of its own type.
  case tuple([ValueType])
  /// Named attributes, each of its own type.
  case object(ObjectType)

  /// The attributes of an object type.
  public struct ObjectType: Hashable, Sendable {
    /// The type of each attribute.
    public var attributes: [String: ValueType]
    /// Attributes that a constraint does not require.
    public var optional: Set<String>

    /// Creates the type; `optional` is empty for the type of a value.
    public init(_ attributes: [String: ValueType], optional: Set<String> = []) {
      self.attributes = attributes
      self.optional = optional
    }

    /// The attribute names in order.
    public var names: [String] { attributes.keys.sorted() }
  }

  /// An object type without optional attributes.
  public static func object(_ attributes: [String: ValueType]) -> ValueType {
    .object(ObjectType(attributes))
  }

  var isPrimitive: Bool { self == .string || self == .number || self == .bool }

  var isCollection: Bool {
    switch self {
    case .list, .set, .map: true
    default: false
    }
  }

  var isObject: Bool {
    if case .object = self { true } else { false }
  }

  var isTuple: Bool {
    if case .tuple = self { true } else { false }
  }

  var isList: Bool {
    if case .list = self { true } else { false }
  }

  var isSet: Bool {
    if case .set = self { true } else { false }
  }

  var isMap: Bool {
    if case .map = self { true } else { false }
  }

  /// Whether a value of the type has elements: collections, tuples, objects.
  var isIterable: Bool { !isPrimitive && self != .dynamic }

  /// The element type of a collection.
  var element: ValueType? {
    switch self {
    case .list(let element), .set(let element), .map(let element): element
    default: nil
    }
  }

  /// Whether any part of the type is dynamic.
  var hasDynamic: Bool {
    switch self {
    case .dynamic: true
    case .string, .number, .bool: false
    case .list(let element), .set(let element), .map(let element): element.hasDynamic
    case .tuple(let elements): elements.contains(where: \.hasDynamic)
    case .object(let object): object.attributes.values.contains(where: \.hasDynamic)
    }
  }

  /// The type with no attribute optional.
  var withoutOptionals: ValueType {
    switch self {
    case .dynamic, .string, .number, .bool: self
    case .list(let element): .list(element.withoutOptionals)
    case .set(let element): .set(element.withoutOptionals)
    case .map(let element): .map(element.withoutOptionals)
    case .tuple(let elements): .tuple(elements.map(\.withoutOptionals))
    case .object(let object): .object(object.attributes.mapValues(\.withoutOptionals))
    }
  }
}
