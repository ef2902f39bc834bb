/// One field that differs between two versions of an object.
public struct FieldChange: Hashable, Sendable {
  /// Where, as `spec.template.spec.containers[name=app].image`.
  public let path: String
  /// The value before as JSON, ``hidden`` for a secret one, or `nil` for a new field.
  public let old: String?
  /// The value after, or `nil` for a field that is gone.
  public let new: String?

  /// What stands for a value that must not be shown. It is no JSON, so that no value looks like it.
  public static let hidden = "(hidden)"
}

/// What happened to one object between two streams.
public struct ResourceChange: Sendable {
  /// The kinds of change.
  public enum Kind: String, Hashable, Sendable {
    /// The object is new.
    case added
    /// The object is gone.
    case removed
    /// Some fields differ.
    case changed
  }

  /// The object.
  public let id: ResourceID
  /// What happened to it.
  public let kind: Kind
  /// The fields that differ, in the order of the new version; none for a new or removed object.
  public let fields: [FieldChange]
}
