public import SourceText

extension SchemaTable {
  /// Reads a cluster's OpenAPI v2 document (`definitions`), or the definitions of a JSON schema
  /// (`$defs`).
  ///
  /// Kinds come from `x-kubernetes-group-version-kind` on the definitions, or from a list
  /// `resources` of `apiVersion`, `kind` and `definition`. Scopes come from a list `x-namespaced`
  /// or, in a full document, from its paths.
  public init(openAPI document: JSONValue, version: String) {
    self.init(document, version, SchemaRows(), definitionNames: [])
  }

  /// The table that Kustomize merges by, with what an OpenAPI document adds: its definitions may refer
  /// to those of the table, and take the place of those of the same name.
  public static func kustomize(
    extendedBy document: JSONValue, version: String
  ) -> SchemaTable {
    SchemaTable(document, version, kustomize.storage.rows, definitionNames: kustomizeDefinitions)
  }

  private init(
    _ document: JSONValue, _ version: String, _ rows: SchemaRows, definitionNames: [String]
  ) {
    // OpenAPI v2 has no word for null; the API server accepts it wherever a field is optional.
    var builder = SchemaTableBuilder(
      extending: rows, definitionNames: definitionNames,
      acceptsNullWhereOptional: document["$defs"] == nil)
    let definitions = document["definitions"]?.members ?? document["$defs"]?.members ?? []
    builder.add(definitions: definitions)
    let scopes = Self.scopes(document)
    var kinds: [GroupVersionKind: String] = [:]
    for definition in definitions {
      for entry in definition.value["x-kubernetes-group-version-kind"]?.elements ?? [] {
        guard let kind = Self.kind(entry) else { continue }
        kinds[kind] = definition.name
      }
    }
    for entry in document["resources"]?.elements ?? [] {
      guard let apiVersion = entry["apiVersion"]?.stringValue,
        let kind = entry["kind"]?.stringValue,
        let definition = entry["definition"]?.stringValue
      else { continue }
      kinds[GroupVersionKind(apiVersion: apiVersion, kind: kind)] = definition
    }
    for (kind, definition) in kinds.sorted(by: { $0.key.description < $1.key.description }) {
      builder.add(kind: kind, definition: definition, isNamespaced: scopes[kind])
    }
    builder.table.version = version
    builder.table.indexKinds()
    self.init(builder.table)
  }

  private static func kind(_ entry: JSONValue) -> GroupVersionKind? {
    guard let version = entry["version"]?.stringValue, let kind = entry["kind"]?.stringValue else {
      return nil
    }
    return GroupVersionKind(
      group: entry["group"]?.stringValue ?? "", version: version, kind: kind)
  }

  private static func scopes(_ document: JSONValue) -> [GroupVersionKind: Bool] {
    var scopes: [GroupVersionKind: Bool] = [:]
    for entry in document["x-namespaced"]?.elements ?? [] {
      guard let kind = kind(entry), let isNamespaced = entry["namespaced"]?.boolValue else {
        continue
      }
      scopes[kind] = isNamespaced
    }
    for path in document["paths"]?.members ?? [] where path.name.hasSuffix("/{name}") {
      for operation in path.value.members ?? [] {
        guard let entry = operation.value["x-kubernetes-group-version-kind"],
          let kind = kind(entry)
        else { continue }
        scopes[kind] = path.name.contains("/namespaces/{namespace}/")
      }
    }
    return scopes
  }
}
