/// A JSON value that remembers where it stood in its text.
///
/// Numbers keep their spelling, objects keep the order of their members and duplicates, so nothing
/// is lost between reading and writing.
public struct JSONValue: Sendable {
  /// What kind of value it is, with its contents.
  public indirect enum Kind: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as it was spelled.
    case number(String)
    /// A string, decoded.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object, members in source order.
    case object([Member])
  }

  /// One name and value of an object.
  public struct Member: Sendable {
    /// The decoded name.
    public var name: String
    /// The bytes of the name, quotes included.
    public var nameRange: Range<Int>
    /// The value.
    public var value: JSONValue

    /// Creates a member.
    public init(_ name: String, _ value: JSONValue, nameRange: Range<Int> = 0..<0) {
      self.name = name
      self.nameRange = nameRange
      self.value = value
    }
  }

  /// The value itself.
  public var kind: Kind
  /// The bytes it was read from; empty for a value made in memory.
  public var range: Range<Int>

  /// Creates a value.
  public init(_ kind: Kind, range: Range<Int> = 0..<0) {
    self.kind = kind
    self.range = range
  }

  /// `null`.
  public static let null = JSONValue(.null)

  /// A string value.
  public static func string(_ text: String) -> JSONValue { JSONValue(.string(text)) }

  /// A boolean value.
  public static func bool(_ value: Bool) -> JSONValue { JSONValue(.bool(value)) }

  /// An integer value.
  public static func integer(_ value: Int) -> JSONValue { JSONValue(.number(String(value))) }

  /// A number, as it is to be spelled; the caller guarantees that it is a JSON number.
  public static func number(_ spelling: String) -> JSONValue { JSONValue(.number(spelling)) }

  /// An array.
  public static func array(_ elements: [JSONValue]) -> JSONValue { JSONValue(.array(elements)) }

  /// An object with members in this order.
  public static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    JSONValue(.object(members.map { Member($0.0, $0.1) }))
  }

  /// The member with this name (the last, where a name is repeated), or `nil`. O(members).
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = kind else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The element at this index, or `nil`.
  public subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = kind, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The text of a string value, otherwise `nil`.
  public var stringValue: String? {
    if case .string(let text) = kind { text } else { nil }
  }

  /// The value of a boolean, otherwise `nil`.
  public var boolValue: Bool? {
    if case .bool(let value) = kind { value } else { nil }
  }

  /// The value of a number that is a whole number in `Int`'s range, otherwise `nil`.
  public var intValue: Int? {
    guard case .number(let text) = kind else { return nil }
    if let value = Int(text) { return value }
    guard let value = Double(text), value == value.rounded(), abs(value) < 9e15 else { return nil }
    return Int(value)
  }

  /// The elements of an array, otherwise `nil`.
  public var elements: [JSONValue]? {
    if case .array(let elements) = kind { elements } else { nil }
  }

  /// The members of an object in order, otherwise `nil`.
  public var members: [Member]? {
    if case .object(let members) = kind { members } else { nil }
  }

  /// Whether the value is `null`.
  public var isNull: Bool {
    if case .null = kind { true } else { false }
  }
}
