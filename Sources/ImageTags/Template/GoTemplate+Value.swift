extension GoTemplate {
  /// What a template is executed for, and what its expressions are worth.
  public indirect enum Value: Equatable, Sendable {
    /// Nothing: a key that a map lacks.
    case nothing
    /// Text.
    case string(String)
    /// A whole number.
    case integer(Int)
    /// A truth value.
    case bool(Bool)
    /// Values in order.
    case list([Value])
    /// Values by key. A loop takes the keys in the order given here: Go sorts them, so sort them.
    case map([Entry])
    /// Named fields. Unlike a map's key, a field that is not there is always an error.
    case record([Field], text: String?)

    /// A key of a map with its value.
    public struct Entry: Equatable, Sendable {
      let key: Value
      let value: Value
    }

    /// A field of a record.
    public struct Field: Equatable, Sendable {
      let name: String
      let value: Value
    }

    /// A map by text, in the order of the keys' bytes.
    public static func map(_ values: [String: Value]) -> Value {
      let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return .map(sorted.map { Entry(key: .string($0.key), value: $0.value) })
    }

    /// A map whose keys need not be text, in the order given.
    public static func map(_ entries: [(key: Value, value: Value)]) -> Value {
      .map(entries.map { Entry(key: $0.key, value: $0.value) })
    }

    /// A record; `text` is what it prints as, where that is not its fields in braces.
    public static func record(
      _ fields: KeyValuePairs<String, Value>, printedAs text: String? = nil
    ) -> Value {
      .record(fields.map { Field(name: $0.key, value: $0.value) }, text: text)
    }
  }
}

extension GoTemplate.Value {
  /// What it prints as.
  var text: String {
    switch self {
    case .nothing: "<no value>"
    case .string(let text): text
    case .integer(let value): String(value)
    case .bool(let value): String(value)
    case .list(let values): "[" + values.map(\.text).joined(separator: " ") + "]"
    case .map(let entries):
      "map[" + entries.map { $0.key.text + ":" + $0.value.text }.joined(separator: " ") + "]"
    case .record(let fields, let text):
      text ?? "{" + fields.map(\.value.text).joined(separator: " ") + "}"
    }
  }

  /// Whether it counts as true.
  var isTrue: Bool {
    switch self {
    case .nothing: false
    case .string(let text): !text.isEmpty
    case .integer(let value): value != 0
    case .bool(let value): value
    case .list(let values): !values.isEmpty
    case .map(let entries): !entries.isEmpty
    case .record: true
    }
  }

  /// The value of a map's key; `nil` where it is not there, or this is no map. O(n).
  func value(forKey key: Self) -> Self? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }
}
