public import SourceText

extension SchemaTable {
  /// The types that the CustomResourceDefinitions among some documents declare.
  public init(customResources documents: [YAMLDocument]) {
    var tree = ValueTree()
    var definitions: [JSONValue] = []
    for document in documents {
      for object in ResourceList.expand(document.root.resolved)
      where object["kind"]?.hasText("CustomResourceDefinition") == true {
        // A definition that cannot be loaded is reported when it is validated itself.
        guard let node = try? tree.add(object) else { continue }
        definitions.append(tree.json(of: node))
      }
    }
    self.init(customResources: definitions)
  }

  /// The types that CustomResourceDefinitions declare, every version of each.
  ///
  /// Objects without a schema, and documents that are not definitions, are passed over.
  public init(customResources definitions: [JSONValue]) {
    var builder = SchemaTableBuilder(acceptsNullWhereOptional: false, keepsConstraints: true)
    for definition in definitions {
      guard definition["kind"]?.stringValue == "CustomResourceDefinition",
        let spec = definition["spec"], let group = spec["group"]?.stringValue,
        let kind = spec["names"]?["kind"]?.stringValue
      else { continue }
      var versions = spec["versions"]?.elements ?? []
      if versions.isEmpty, let name = spec["version"] { versions = [.object([("name", name)])] }
      for version in versions {
        let schema =
          version["schema"]?["openAPIV3Schema"] ?? spec["validation"]?["openAPIV3Schema"]
        guard let name = version["name"]?.stringValue, let schema, schema.members != nil else {
          continue
        }
        builder.add(
          kind: GroupVersionKind(group: group, version: name, kind: kind),
          type: builder.add(schema: ObjectFields.added(to: schema)),
          isNamespaced: spec["scope"]?.stringValue != "Cluster")
      }
    }
    builder.table.indexKinds()
    self.init(builder.table)
  }
}
