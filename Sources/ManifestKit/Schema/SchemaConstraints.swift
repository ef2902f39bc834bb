internal import SourceText

/// What the schema of a custom resource demands of a value beyond its type, fields, choices and range.
///
/// Kubernetes' own types have none of this, so that it is kept beside the rows of a table and not
/// among them.
struct SchemaConstraints: Hashable, Sendable {
  /// How the items of a list must differ.
  enum Uniqueness: Hashable, Sendable {
    /// Not at all.
    case none
    /// As wholes.
    case items
    /// In these fields, taken together.
    case keys([String])
  }

  var pattern: String?
  var minLength: Int?
  var maxLength: Int?
  var minItems: Int?
  var maxItems: Int?
  var minProperties: Int?
  var maxProperties: Int?
  var multipleOf: Double?
  var excludesMinimum = false
  var excludesMaximum = false
  var uniqueness = Uniqueness.none
  /// The JSON of the allowed values, where they are not all text.
  var choices: [String] = []
  /// The numbers of types that the value must fit all of, some of, one of, and none of.
  var allOf: [UInt32] = []
  var anyOf: [UInt32] = []
  var oneOf: [UInt32] = []
  var not: UInt32?
  /// Rules in the language CEL, which are not evaluated.
  var rules: [String] = []

  init() {}

  /// The constraints of a schema, those that need other types left out.
  init(_ schema: JSONValue) {
    pattern = schema["pattern"]?.stringValue
    minLength = schema["minLength"]?.intValue
    maxLength = schema["maxLength"]?.intValue
    minItems = schema["minItems"]?.intValue
    maxItems = schema["maxItems"]?.intValue
    minProperties = schema["minProperties"]?.intValue
    maxProperties = schema["maxProperties"]?.intValue
    if case .number(let text) = schema["multipleOf"]?.kind { multipleOf = Double(text) }
    excludesMinimum = schema["exclusiveMinimum"]?.boolValue == true
    excludesMaximum = schema["exclusiveMaximum"]?.boolValue == true
    let keys = schema["x-kubernetes-list-map-keys"]?.elements?.compactMap(\.stringValue) ?? []
    switch schema["x-kubernetes-list-type"]?.stringValue {
    case "set": uniqueness = .items
    case "map" where !keys.isEmpty: uniqueness = .keys(keys)
    default: if schema["uniqueItems"]?.boolValue == true { uniqueness = .items }
    }
    let values = schema["enum"]?.elements ?? []
    if values.contains(where: { $0.stringValue == nil }) { choices = values.map { $0.text() } }
    rules = (schema["x-kubernetes-validations"]?.elements ?? [])
      .compactMap { $0["rule"]?.stringValue }
  }
}
