internal import SourceText

/// The types of Kubernetes objects, as compact as they go: fixed-width rows over interned names.
///
/// Made from an OpenAPI document, a JSON schema or CRDs. The built-in tables are made by the
/// `schema-table` program of this project and load in well under a millisecond.
public struct SchemaTable: Sendable {
  /// What JSON type a value must have.
  public enum Kind: UInt8, Hashable, Sendable {
    /// Anything.
    case any
    /// A mapping.
    case object
    /// A list.
    case array
    /// Text.
    case string
    /// A whole number.
    case integer
    /// A number.
    case number
    /// True or false.
    case boolean
    /// Text or a whole number (`int-or-string`).
    case integerOrString
    /// Text or a number (a quantity).
    case numberOrString
  }

  /// What else is known about a type.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt16

    /// Creates flags from bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `null` is accepted.
    public static let nullable = Flags(rawValue: 1)
    /// A list whose items a strategic merge pairs, or appends where there is no merge key.
    public static let merges = Flags(rawValue: 2)
    /// A mapping of which a strategic merge keeps only the keys the patch names.
    public static let retainsKeys = Flags(rawValue: 4)
    /// A mapping or list that a strategic merge replaces as a whole.
    public static let replaces = Flags(rawValue: 8)
    /// Fields that the schema does not name are kept.
    public static let preservesUnknown = Flags(rawValue: 16)
    /// A whole Kubernetes object stands here.
    public static let embedsResource = Flags(rawValue: 32)
    /// `x-kubernetes-list-type: map`.
    public static let listMap = Flags(rawValue: 64)
    /// `x-kubernetes-list-type: set`.
    public static let listSet = Flags(rawValue: 128)
    /// `x-kubernetes-list-type: atomic`.
    public static let listAtomic = Flags(rawValue: 256)
  }

  /// How a string or number is written.
  public enum Format: UInt8, Hashable, Sendable {
    /// Any way.
    case none
    /// 32 bits.
    case int32
    /// 64 bits.
    case int64
    /// A floating-point number.
    case double
    /// Base64.
    case byte
    /// A date and time.
    case dateTime
    /// Some other format, not checked.
    case other
  }

  let storage: Storage

  /// The rows, shared by all copies of the table and by every type taken from it.
  final class Storage: Sendable {
    let rows: SchemaRows

    init(_ rows: SchemaRows) { self.rows = rows }
  }

  init(_ rows: SchemaRows) { storage = Storage(rows) }

  /// A table without types.
  public static let empty = SchemaTable(SchemaRows())

  /// Whether the table knows no kind at all.
  public var isEmpty: Bool { storage.rows.kinds.isEmpty }

  /// The Kubernetes version the table describes, such as `1.37`.
  public var version: String { storage.rows.version }

  /// The type of a kind of object, or `nil` for kinds the table does not know. O(1).
  public func type(of kind: GroupVersionKind) -> SchemaType? {
    guard let index = storage.rows.kindIndex[kind] else { return nil }
    return SchemaType(storage: storage, index: storage.rows.kinds[index].type)
  }

  /// Whether objects of a kind live in a namespace, or `nil` where the table does not say.
  public func isNamespaced(_ kind: GroupVersionKind) -> Bool? {
    guard let index = storage.rows.kindIndex[kind], storage.rows.kinds[index].scope < 2 else {
      return nil
    }
    return storage.rows.kinds[index].scope == 1
  }

  /// All kinds of object, in order of group, version and kind.
  public var allKinds: [GroupVersionKind] { storage.rows.kinds.map(storage.rows.identifier) }
}
