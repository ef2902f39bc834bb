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
    let object = JSONValue.object([
      ("type", .string("object")), ("x-kubernetes-preserve-unknown-fields", .bool(true)),
    ])
    let text = JSONValue.object([("type", .string("string"))])
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
        guard let name = version["name"]?.stringValue, var members = schema?.members else {
          continue
        }
        // The API server adds these three to every custom resource.
        if let index = members.firstIndex(where: { $0.name == "properties" }),
          var properties = members[index].value.members
        {
          properties.removeAll { ["apiVersion", "kind", "metadata"].contains($0.name) }
          properties += [
            JSONValue.Member("apiVersion", text), JSONValue.Member("kind", text),
            JSONValue.Member("metadata", object),
          ]
          members[index].value = JSONValue(.object(properties))
        }
        builder.add(
          kind: GroupVersionKind(group: group, version: name, kind: kind),
          type: builder.add(schema: JSONValue(.object(members))),
          isNamespaced: spec["scope"]?.stringValue != "Cluster")
      }
    }
    builder.table.indexKinds()
    self.init(builder.table)
  }
}
