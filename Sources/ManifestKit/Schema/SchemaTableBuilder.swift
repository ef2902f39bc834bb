internal import SourceText

/// Fills a ``SchemaTable`` from schema documents, sharing equal names, lists and types.
struct SchemaTableBuilder {
  var table: SchemaRows
  private var nameNumbers: [String: UInt32] = [:]
  private var listStarts: [[UInt32]: UInt32] = [:]
  private var typeNumbers: [SchemaRows.TypeRow: UInt32] = [:]
  private var propertyStarts: [[SchemaRows.PropertyRow]: UInt32] = [:]
  private var definitionNumbers: [String: UInt32] = [:]

  private var constraintNumbers: [SchemaConstraints: UInt32] = [:]
  private let acceptsNullWhereOptional: Bool
  private let keepsConstraints: Bool

  /// Goes on with an existing table.
  ///
  /// - Parameter definitionNames: The names of its first types.
  init(
    extending table: SchemaRows = SchemaRows(), definitionNames: [String] = [],
    acceptsNullWhereOptional: Bool, keepsConstraints: Bool = false
  ) {
    self.table = table
    self.acceptsNullWhereOptional = acceptsNullWhereOptional
    self.keepsConstraints = keepsConstraints
    for index in 0..<max(0, table.nameStarts.count - 1) {
      nameNumbers[table.text(UInt32(index))] = UInt32(index)
    }
    for (index, name) in definitionNames.enumerated() {
      definitionNumbers[name] = UInt32(index)
    }
  }

  mutating func name(_ text: String) -> UInt32 {
    if let number = nameNumbers[text] { return number }
    let number = UInt32(table.nameStarts.count - 1)
    table.nameBytes += text.utf8
    table.nameStarts.append(UInt32(table.nameBytes.count))
    nameNumbers[text] = number
    return number
  }

  private mutating func list(_ names: [String]) -> (UInt32, UInt32) {
    guard !names.isEmpty else { return (0, 0) }
    let numbers = names.map { name($0) }
    if let start = listStarts[numbers] { return (start, UInt32(numbers.count)) }
    let start = UInt32(table.lists.count)
    table.lists += numbers
    listStarts[numbers] = start
    return (start, UInt32(numbers.count))
  }

  private mutating func number(of row: SchemaRows.TypeRow) -> UInt32 {
    if let number = typeNumbers[row] { return number }
    table.types.append(row)
    let number = UInt32(table.types.count - 1)
    typeNumbers[row] = number
    return number
  }

  /// Adds named definitions; they may refer to one another in any order. One of a known name takes
  /// its place.
  mutating func add(definitions: [JSONValue.Member]) {
    for definition in definitions where definitionNumbers[definition.name] == nil {
      definitionNumbers[definition.name] = UInt32(table.types.count)
      table.types.append(SchemaRows.TypeRow())
    }
    for definition in definitions {
      guard let number = definitionNumbers[definition.name] else { continue }
      table.types[Int(number)] = row(definition.value, depth: 0)
    }
  }

  /// Says which definition describes a kind of object.
  mutating func add(kind: GroupVersionKind, definition: String, isNamespaced: Bool?) {
    guard let type = definitionNumbers[definition] else { return }
    add(kind: kind, type: type, isNamespaced: isNamespaced)
  }

  mutating func add(kind: GroupVersionKind, type: UInt32, isNamespaced: Bool?) {
    table.kinds.append(
      SchemaRows.KindRow(
        group: name(kind.group), version: name(kind.version), kind: name(kind.kind), type: type,
        scope: isNamespaced.map { $0 ? 1 : 0 } ?? 2))
  }

  /// Adds a schema without a name.
  mutating func add(schema: JSONValue, isRequired: Bool = false, depth: Int = 0) -> UInt32 {
    var row = row(schema, depth: depth)
    if acceptsNullWhereOptional, !isRequired { row.flags.insert(.nullable) }
    return number(of: row)
  }

  private mutating func row(_ schema: JSONValue, depth: Int) -> SchemaRows.TypeRow {
    let isEmbedded = schema["x-kubernetes-embedded-resource"]?.boolValue == true
    let schema = isEmbedded ? ObjectFields.added(to: schema) : schema
    var row = SchemaRows.TypeRow()
    guard depth < 200 else { return row }
    if let path = schema["$ref"]?.stringValue, let name = path.split(separator: "/").last {
      row.reference = definitionNumbers[String(name)] ?? SchemaRows.none
    }
    addType(schema, to: &row)
    addExtensions(schema, to: &row)
    if let items = schema["items"] { row.items = add(schema: items, depth: depth + 1) }
    if let additional = schema["additionalProperties"] {
      if additional.boolValue == true {
        row.flags.insert(.preservesUnknown)
      } else if additional.members != nil {
        row.additional = add(schema: additional, depth: depth + 1)
      }
    }
    if let members = schema["properties"]?.members {
      let required = Set(schema["required"]?.elements?.compactMap(\.stringValue) ?? [])
      let rows = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        .map { member in
          SchemaRows.PropertyRow(
            name: name(member.name),
            type: add(
              schema: member.value, isRequired: required.contains(member.name), depth: depth + 1))
        }
      (row.properties, row.propertyCount) = (start(of: rows), UInt32(rows.count))
    }
    let required = schema["required"]?.elements?.compactMap(\.stringValue) ?? []
    (row.required, row.requiredCount) = list(required)
    let choices = schema["enum"]?.elements?.compactMap(\.stringValue) ?? []
    (row.choices, row.choiceCount) = list(choices)
    if let number = schema["minimum"], case .number(let text) = number.kind {
      row.minimum = name(text)
    }
    if let number = schema["maximum"], case .number(let text) = number.kind {
      row.maximum = name(text)
    }
    if keepsConstraints { row.constraints = constraints(schema, depth) }
    return row
  }

  /// What a schema demands beyond its type, as a number; alternatives are types of their own.
  private mutating func constraints(_ schema: JSONValue, _ depth: Int) -> UInt32 {
    var constraints = SchemaConstraints(schema)
    func types(_ key: String, in builder: inout SchemaTableBuilder) -> [UInt32] {
      (schema[key]?.elements ?? []).map { builder.add(schema: $0, depth: depth + 1) }
    }
    constraints.allOf = types("allOf", in: &self)
    // Alternatives of nothing but types have become the type.
    let alternatives = (schema["anyOf"]?.elements ?? []) + (schema["oneOf"]?.elements ?? [])
    let areTypes = alternatives.allSatisfy { $0.members?.map(\.name) == ["type"] }
    if !areTypes, schema["x-kubernetes-int-or-string"]?.boolValue != true {
      constraints.anyOf = types("anyOf", in: &self)
      constraints.oneOf = types("oneOf", in: &self)
    }
    constraints.not = schema["not"].map { add(schema: $0, depth: depth + 1) }
    guard constraints != SchemaConstraints() else { return SchemaRows.none }
    if let number = constraintNumbers[constraints] { return number }
    table.constraints.append(constraints)
    let number = UInt32(table.constraints.count - 1)
    constraintNumbers[constraints] = number
    return number
  }

  private mutating func start(of rows: [SchemaRows.PropertyRow]) -> UInt32 {
    guard !rows.isEmpty else { return 0 }
    if let start = propertyStarts[rows] { return start }
    let start = UInt32(table.properties.count)
    table.properties += rows
    propertyStarts[rows] = start
    return start
  }

  private func addType(_ schema: JSONValue, to row: inout SchemaRows.TypeRow) {
    var names = schema["type"]?.stringValue.map { [$0] } ?? []
    names += schema["type"]?.elements?.compactMap(\.stringValue) ?? []
    let alternatives = (schema["oneOf"]?.elements ?? []) + (schema["anyOf"]?.elements ?? [])
    if names.isEmpty {
      for alternative in alternatives {
        names += alternative["type"]?.stringValue.map { [$0] } ?? []
        names += alternative["type"]?.elements?.compactMap(\.stringValue) ?? []
      }
    }
    // Of `oneOf`, exactly one alternative has to fit: null that fits two of them does not count.
    if schema["oneOf"] != nil, names.filter({ $0 == "null" }).count > 1 {
      names.removeAll { $0 == "null" }
    }
    if names.contains("null") || schema["nullable"]?.boolValue == true {
      row.flags.insert(.nullable)
    }
    let types = Set(names).subtracting(["null"])
    let isIntegerOrString =
      schema["x-kubernetes-int-or-string"]?.boolValue == true
      || schema["format"]?.stringValue == "int-or-string"
    row.kind =
      if isIntegerOrString || types == ["integer", "string"] {
        .integerOrString
      } else if types == ["number", "string"] {
        .numberOrString
      } else {
        switch types.first {
        case "object" where types.count == 1: .object
        case "array" where types.count == 1: .array
        case "string" where types.count == 1: .string
        case "integer" where types.count == 1: .integer
        case "number" where types.count == 1: .number
        case "boolean" where types.count == 1: .boolean
        default: schema["properties"] == nil ? .any : .object
        }
      }
    row.format =
      switch schema["format"]?.stringValue {
      case nil, "int-or-string": .none
      case "int32": .int32
      case "int64": .int64
      case "double", "float": .double
      case "byte": .byte
      case "date-time": .dateTime
      default: .other
      }
  }

  private mutating func addExtensions(_ schema: JSONValue, to row: inout SchemaRows.TypeRow) {
    let strategies = schema["x-kubernetes-patch-strategy"]?.stringValue?.split(separator: ",") ?? []
    if strategies.contains("merge") { row.flags.insert(.merges) }
    if strategies.contains("retainKeys") { row.flags.insert(.retainsKeys) }
    if strategies.contains("replace") { row.flags.insert(.replaces) }
    if let key = schema["x-kubernetes-patch-merge-key"]?.stringValue { row.mergeKey = name(key) }
    switch schema["x-kubernetes-list-type"]?.stringValue {
    case "map": row.flags.insert(.listMap)
    case "set": row.flags.insert(.listSet)
    case "atomic": row.flags.insert(.listAtomic)
    default: break
    }
    let keys = schema["x-kubernetes-list-map-keys"]?.elements?.compactMap(\.stringValue) ?? []
    (row.mapKeys, row.mapKeyCount) = list(keys)
    // The schemas of custom resources have no merge keys of their own; where one key tells the items
    // apart it is as good.
    if keepsConstraints, row.flags.contains(.listMap), keys.count == 1 {
      row.flags.insert(.merges)
      row.mergeKey = name(keys[0])
    }
    if keepsConstraints, row.flags.contains(.listSet),
      schema["items"]?["type"]?.stringValue != "object"
    {
      row.flags.insert(.merges)
    }
    if schema["x-kubernetes-preserve-unknown-fields"]?.boolValue == true {
      row.flags.insert(.preservesUnknown)
    }
    if schema["x-kubernetes-embedded-resource"]?.boolValue == true {
      row.flags.insert(.embedsResource)
    }
  }
}
