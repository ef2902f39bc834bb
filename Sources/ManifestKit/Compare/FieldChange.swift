/// One field that differs between two versions of an object.
public struct FieldChange: Hashable, Sendable {
  /// Where, as `spec.template.spec.containers[name=app].image`.
  public let path: String
  /// The value before, or `nil` for a new field. Scalars as they read, collections as JSON.
  public let old: String?
  /// The value after, or `nil` for a field that is gone.
  public let new: String?
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
