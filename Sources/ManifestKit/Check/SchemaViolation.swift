public import SourceText

/// One place where an object does not fit its schema.
public struct SchemaViolation: Hashable, Sendable {
  /// Which demand of the schema is not met.
  public enum Keyword: String, Hashable, Sendable {
    /// The value has another type.
    case type
    /// A field is missing.
    case required
    /// A field is there that the schema does not know.
    case additionalProperties
    /// The value has none of several types, or fits not exactly one of several alternatives.
    case oneOf
    /// The value is not one of those allowed.
    case choice = "enum"
    /// A number is too small.
    case minimum
    /// A number is too large.
    case maximum
    /// A number is no multiple of another.
    case multipleOf
    /// Text is too short.
    case minLength
    /// Text is too long.
    case maxLength
    /// Text does not match a regular expression.
    case pattern
    /// A list has too few items.
    case minItems
    /// A list has too many items.
    case maxItems
    /// An item of a list is there twice.
    case uniqueItems
    /// A mapping has too few fields.
    case minProperties
    /// A mapping has too many fields.
    case maxProperties
    /// The value fits none of several alternatives.
    case anyOf
    /// The value is what the schema rules out.
    case not
    /// A key is there twice.
    case duplicateKey
  }

  /// Where: the value at fault, or the mapping for fields missing, unknown or repeated.
  public let path: JSONPointer
  /// Which demand is not met.
  public let keyword: Keyword
  /// The field concerned, for fields missing, unknown or repeated.
  public let property: String?
  /// What was expected, in words.
  public let expected: String
  /// What was found, in words.
  public let found: String
  /// The known field with the most similar name.
  public let suggestion: String?
  /// The start of the value at `path`.
  public let start: Int
  /// The bytes to show.
  public let span: SourceSpan

  /// The violation as a diagnostic that a person can act on.
  public var diagnostic: Diagnostic {
    let place = path.tokens.isEmpty ? "the object" : path.description
    switch keyword {
    case .additionalProperties:
      let name = property ?? ""
      return Diagnostic(
        "unknown-field", .error, "\(place) has no field '\(name)'",
        detail: suggestion.map { "did you mean '\($0)'?" }, span: span,
        fix: suggestion.map { suggestion in
          Diagnostic.Fix(
            message: "replace '\(name)' by '\(suggestion)'",
            edits: [TextEdit(range: span.bytes, replacement: suggestion)])
        })
    case .required:
      return Diagnostic(
        "missing-field", .error, "\(place) needs the field '\(property ?? "")'", span: span)
    case .duplicateKey:
      return Diagnostic(
        "duplicate-key", .error, "\(place) has the key '\(property ?? "")' twice",
        detail: "Readers disagree on which of the two counts.", span: span)
    case .type, .oneOf:
      return Diagnostic(
        "wrong-type", .error, "\(place) must be \(expected), not \(found)",
        detail: suggestion, span: span)
    case .uniqueItems:
      return Diagnostic(
        "duplicate-item", .error, "\(place) must be \(expected): \(found) is there twice",
        span: span)
    case .choice, .minimum, .maximum, .multipleOf, .minLength, .maxLength, .pattern, .minItems,
      .maxItems, .minProperties, .maxProperties, .anyOf, .not:
      return Diagnostic(
        "invalid-value", .error, "\(place) must be \(expected), not \(found)", span: span)
    }
  }
}
