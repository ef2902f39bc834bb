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
        var reader = DefinitionReader(definitions: document.root)
        reader.read(into: &configuration)
      }
    }
    return configuration
  }
}

private struct DefinitionReader {
  let definitions: YAMLNode

  mutating func read(into configuration: inout TransformerConfiguration) {
    for entry in definitions.entries {
      guard let gvk = kind(of: entry.value.resolved) else { continue }
      visit(entry.value.resolved, gvk, [], [entry.key.text], &configuration)
    }
  }

  /// A definition is of an object where it has `kind`, `apiVersion` and `metadata`.
  private func kind(of definition: YAMLNode) -> GroupVersionKind? {
    guard let schema = definition["Schema"] ?? Optional(definition),
      let properties = schema["properties"],
      properties["kind"] != nil, properties["apiVersion"] != nil, properties["metadata"] != nil
    else { return nil }
    let name = definitions.entries.first { $0.value.resolved == definition }?.key.text ?? ""
    return GroupVersionKind(kind: name.split(separator: ".").last.map(String.init) ?? name)
  }

  private func visit(
    _ definition: YAMLNode, _ gvk: GroupVersionKind, _ path: [String], _ visited: [String],
    _ configuration: inout TransformerConfiguration
  ) {
    let schema = definition["Schema"] ?? definition
    guard let properties = schema["properties"] else { return }
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
      let reference = (value["$ref"] ?? value["items"]?["$ref"])?.text
      guard let reference, visited.count < 30 else { continue }
      let target = reference.split(separator: "/").last.map(String.init) ?? reference
      guard !visited.contains(target), let next = definitions[target] else { continue }
      visit(next, gvk, path + [name], visited + [target], &configuration)
    }
  }
}
