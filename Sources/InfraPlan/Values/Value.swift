/// A value of the language: a type and what is known of it.
///
/// A value may be null, or unknown (decided only when something is created), as a whole or in its
/// parts. Marks say that a value must not be shown (``Marks/sensitive``) or not be stored
/// (``Marks/ephemeral``); results of expressions carry the marks of what went into them.
public struct Value: Sendable {
  /// What is known of a value.
  enum Content: Sendable {
    case null
    case unknown(Refinement)
    case bool(Bool)
    case number(Number)
    case string(String)
    /// Elements of a list, set (in set order, distinct) or tuple.
    case elements([Value])
    /// Elements of a map or attributes of an object.
    case attributes([String: Value])
  }

  /// Properties that travel with a value.
  public struct Marks: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Creates a set of marks.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Must not be shown to people.
    public static let sensitive = Marks(rawValue: 1)
    /// Must not be stored in plans and states.
    public static let ephemeral = Marks(rawValue: 2)
  }

  /// The type.
  public let type: ValueType
  let content: Content
  /// The marks of this level; parts may have more.
  public var marks: Marks = []

  init(_ type: ValueType, _ content: Content, marks: Marks = []) {
    self.type = type
    self.content = content
    self.marks = marks
  }

  /// Text, in normalization form C.
  public static func string(_ text: String) -> Value {
    Value(.string, .string(Normalization.composed(text)))
  }

  /// A number.
  public static func number(_ value: Number) -> Value { Value(.number, .number(value)) }

  /// A whole number that a function computed.
  static func count(_ value: Int) -> Value { Value(.number, .number(.counted(value))) }

  /// A boolean.
  public static func bool(_ value: Bool) -> Value { Value(.bool, .bool(value)) }

  /// A null of some type.
  public static func null(_ type: ValueType = .dynamic) -> Value { Value(type, .null) }

  /// A value not known yet.
  public static func unknown(_ type: ValueType = .dynamic) -> Value {
    Value(type, .unknown(Refinement()))
  }

  static func unknown(_ type: ValueType, _ refinement: Refinement) -> Value {
    // A list of a certain length is a known list of unknown elements.
    if case .list(let element) = type, refinement.isNotNull, let count = refinement.minimumLength,
      count == refinement.maximumLength, count <= 1024
    {
      return .list(element, Array(repeating: .unknown(element), count: count))
    }
    return Value(type, .unknown(refinement))
  }

  /// Elements of one type, in order; the caller guarantees the type.
  public static func list(_ element: ValueType, _ values: [Value]) -> Value {
    Value(.list(element), .elements(values))
  }

  /// Elements of any types, in order.
  public static func tuple(_ values: [Value]) -> Value {
    Value(.tuple(values.map(\.type)), .elements(values))
  }

  /// Named elements of one type; the caller guarantees the type.
  public static func map(_ element: ValueType, _ values: [String: Value]) -> Value {
    Value(.map(element), .attributes(values))
  }

  /// Named attributes.
  public static func object(_ values: [String: Value]) -> Value {
    Value(.object(values.mapValues(\.type)), .attributes(values))
  }

  /// Distinct elements of one type; marks of elements move to the set, as a set has no places.
  public static func set(_ element: ValueType, _ values: [Value]) -> Value {
    var marks: Marks = []
    var plain: [Value] = []
    plain.reserveCapacity(values.count)
    for value in values {
      let (bare, found) = value.unmarkedDeep
      marks.formUnion(found)
      plain.append(bare)
    }
    return Value(.set(element), .elements(SetOrder.sortedDistinct(plain, element)), marks: marks)
  }

  /// Whether it is null.
  public var isNull: Bool {
    if case .null = content { true } else { false }
  }

  /// Whether nothing at this level is known; parts of a known value may still be unknown.
  public var isKnown: Bool {
    if case .unknown = content { false } else { true }
  }

  /// Whether every part is known.
  public var isWhollyKnown: Bool {
    switch content {
    case .unknown: false
    case .elements(let elements): elements.allSatisfy(\.isWhollyKnown)
    case .attributes(let values): values.values.allSatisfy(\.isWhollyKnown)
    default: true
    }
  }

  var refinement: Refinement? {
    if case .unknown(let refinement) = content { refinement } else { nil }
  }

  /// The text of a known string.
  public var stringValue: String? {
    if case .string(let text) = content { text } else { nil }
  }

  /// The number of a known number.
  public var numberValue: Number? {
    if case .number(let number) = content { number } else { nil }
  }

  /// The truth of a known boolean.
  public var boolValue: Bool? {
    if case .bool(let value) = content { value } else { nil }
  }

  /// The elements of a known list, set or tuple.
  public var elements: [Value]? {
    if case .elements(let elements) = content { elements } else { nil }
  }

  /// The elements of a known map, or the attributes of a known object.
  public var attributes: [String: Value]? {
    if case .attributes(let values) = content { values } else { nil }
  }

  func withType(_ type: ValueType) -> Value { Value(type, content, marks: marks) }
}
