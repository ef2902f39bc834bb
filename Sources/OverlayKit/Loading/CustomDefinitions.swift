internal import ManifestKit
internal import SourceText

/// Reads the files of `crds`: OpenAPI definitions whose extensions say which fields of a custom
/// kind hold labels, annotations or names of other objects.
enum CustomDefinitions {
  static func configuration(
    _ entries: [Kustomization.Entry], _ loader: FileLoader
  ) throws(DiagnosticError) -> TransformerConfiguration {
    var configuration = TransformerConfiguration.empty
    for entry in entries {
      let stream = try loader.stream(entry.text, at: entry.span)
      for document in stream.documents {
        try DefinitionReader(definitions: document.root).read(into: &configuration)
      }
    }
    return configuration
  }
}

private struct DefinitionReader {
  let definitions: YAMLNode

  func read(into configuration: inout TransformerConfiguration) throws(DiagnosticError) {
    for entry in definitions.entries {
      let definition = entry.value.resolved
      guard definition.kind == .mapping else {
        throw .located(
          "malformed-definitions",
          "'crds' names files of OpenAPI definitions, and '\(entry.key.text)' is none",
          definition.span, detail: "List a CustomResourceDefinition under 'resources'.")
      }
      guard let properties = definition["Schema"]?["properties"],
        properties["kind"] != nil, properties["apiVersion"] != nil, properties["metadata"] != nil
      else { continue }
      let name = entry.key.text
      let kind = name.split(separator: ".").last.map(String.init) ?? name
      visit(name, GroupVersionKind(kind: kind), [], [], &configuration)
    }
  }

  private func visit(
    _ type: String, _ gvk: GroupVersionKind, _ path: [String], _ visited: [String],
    _ configuration: inout TransformerConfiguration
  ) {
    guard visited.count < 30, !visited.contains(type),
      let properties = definitions[type]?["Schema"]?["properties"]
    else { return }
    for property in properties.entries {
      let value = property.value.resolved
      let name = property.key.text
      let field = (path + [name]).joined(separator: "/")
      if value["x-kubernetes-annotation"] != nil {
        configuration.commonAnnotations.append(FieldSpec(field, gvk))
      }
      if value["x-kubernetes-label-selector"] != nil {
        configuration.commonLabels.append(FieldSpec(field, gvk))
      }
      if value["x-kubernetes-identity"] != nil {
        configuration.namePrefix.append(FieldSpec(field, gvk))
      }
      if let version = value["x-kubernetes-object-ref-api-version"]?.text,
        let kind = value["x-kubernetes-object-ref-kind"]?.text
      {
        let key = value["x-kubernetes-object-ref-name-key"]?.text ?? "name"
        configuration.nameReferences.append(
          NameReference(
            GroupVersionKind(apiVersion: version, kind: kind), [FieldSpec(field + "/" + key, gvk)]))
      }
      guard let reference = value["$ref"]?.text else { continue }
      visit(reference, gvk, path + [name], visited + [type], &configuration)
    }
  }
}
