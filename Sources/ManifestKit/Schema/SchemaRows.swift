/// The contents of a ``SchemaTable`` while it is built or read.
struct SchemaRows: Sendable {
  /// One type.
  struct TypeRow: Hashable, Sendable {
    var kind = SchemaTable.Kind.any
    var format = SchemaTable.Format.none
    var flags: SchemaTable.Flags = []
    /// The type this one is another name of.
    var reference = SchemaRows.none
    var items = SchemaRows.none
    var additional = SchemaRows.none
    var properties: UInt32 = 0
    var propertyCount: UInt32 = 0
    var required: UInt32 = 0
    var requiredCount: UInt32 = 0
    var mapKeys: UInt32 = 0
    var mapKeyCount: UInt32 = 0
    var choices: UInt32 = 0
    var choiceCount: UInt32 = 0
    var mergeKey = SchemaRows.none
    var minimum = SchemaRows.none
    var maximum = SchemaRows.none
    /// What else is demanded, in `constraints`; types of built-in tables have none.
    var constraints = SchemaRows.none
  }

  /// A field of an object type; the fields of a type are sorted by name.
  struct PropertyRow: Hashable, Sendable {
    var name: UInt32
    var type: UInt32
  }

  /// A kind of object.
  struct KindRow: Hashable, Sendable {
    var group: UInt32
    var version: UInt32
    var kind: UInt32
    var type: UInt32
    /// 0 for cluster-wide, 1 for namespaced, 2 for not known.
    var scope: UInt32
  }

  static let none = UInt32.max

  var version = ""
  var types: [TypeRow] = []
  var properties: [PropertyRow] = []
  /// Runs of name numbers: required fields, list-map keys, choices.
  var lists: [UInt32] = []
  var kinds: [KindRow] = []
  /// What the schemas of custom resources demand beyond their types; not encoded.
  var constraints: [SchemaConstraints] = []
  var nameStarts: [UInt32] = [0]
  var nameBytes: [UInt8] = []
  /// Where in `kinds` each object kind is.
  var kindIndex: [GroupVersionKind: Int] = [:]

  func name(_ index: UInt32) -> ArraySlice<UInt8> {
    nameBytes[Int(nameStarts[Int(index)])..<Int(nameStarts[Int(index) + 1])]
  }

  func text(_ index: UInt32) -> String { String(decoding: name(index), as: UTF8.self) }

  func identifier(_ row: KindRow) -> GroupVersionKind {
    GroupVersionKind(
      group: text(row.group), version: text(row.version), kind: text(row.kind))
  }

  mutating func indexKinds() {
    kindIndex = Dictionary(
      kinds.enumerated().map { (identifier($0.element), $0.offset) }, uniquingKeysWith: { $1 })
  }
}
