/// A type of a ``SchemaTable``, references followed.
public struct SchemaType: Sendable {
  let storage: SchemaTable.Storage
  let index: UInt32

  var row: SchemaRows.TypeRow { storage.rows.types[Int(index)] }

  /// The row that a reference leads to; the flags of list merging stand on the referring row.
  var target: SchemaRows.TypeRow {
    var row = row
    var steps = 0
    while row.reference != SchemaRows.none, steps < 16 {
      row = storage.rows.types[Int(row.reference)]
      steps += 1
    }
    return row
  }

  /// What the schema of a custom resource demands beyond this.
  var constraints: SchemaConstraints? {
    let number = target.constraints
    return number == SchemaRows.none ? nil : storage.rows.constraints[Int(number)]
  }

  /// What JSON type a value must have.
  public var kind: SchemaTable.Kind { target.kind }

  /// How a string or number is written.
  public var format: SchemaTable.Format { target.format }

  /// What else is known: of this place and of the type it refers to.
  public var flags: SchemaTable.Flags { row.flags.union(target.flags) }

  /// The type of a field, or `nil` where the schema does not name it. O(log fields).
  public func property(_ name: String) -> SchemaType? {
    name.utf8.withContiguousStorageIfAvailable { property($0) } ?? property(Array(name.utf8))
  }

  func property(_ name: some RandomAccessCollection<UInt8>) -> SchemaType? {
    let row = target
    var low = Int(row.properties)
    var high = low + Int(row.propertyCount)
    while low < high {
      let middle = (low + high) / 2
      let candidate = storage.rows.name(storage.rows.properties[middle].name)
      if candidate.elementsEqual(name) {
        return SchemaType(storage: storage, index: storage.rows.properties[middle].type)
      }
      if candidate.lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The names of the fields the schema knows, sorted.
  public var propertyNames: [String] {
    let row = target
    let range = Int(row.properties)..<Int(row.properties + row.propertyCount)
    return storage.rows.properties[range].map { storage.rows.text($0.name) }
  }

  /// The type of the items of a list.
  public var items: SchemaType? {
    let items = target.items
    return items == SchemaRows.none ? nil : SchemaType(storage: storage, index: items)
  }

  /// The type of the values of a mapping with free keys.
  public var additionalProperties: SchemaType? {
    let additional = target.additional
    return additional == SchemaRows.none ? nil : SchemaType(storage: storage, index: additional)
  }

  /// The type of the value of a key: a named field, or the type of a free mapping's values.
  public func field(_ name: String) -> SchemaType? { property(name) ?? additionalProperties }

  /// The names of fields that must be there.
  public var required: [String] { names(target.required, target.requiredCount) }

  /// The values that are allowed, or none where any is.
  public var choices: [String] { names(target.choices, target.choiceCount) }

  /// The keys that tell the items of a `map` list apart.
  public var listMapKeys: [String] { names(row.mapKeys, row.mapKeyCount) }

  /// The key by which a strategic merge pairs the items of a list.
  public var mergeKey: String? {
    row.mergeKey == SchemaRows.none ? nil : storage.rows.text(row.mergeKey)
  }

  private func names(_ start: UInt32, _ count: UInt32) -> [String] {
    storage.rows.lists[Int(start)..<Int(start + count)].map { storage.rows.text($0) }
  }
}
