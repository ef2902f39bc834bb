internal import ManifestKit
internal import SourceText

/// Reads the files of `configurations`: which fields the transformers touch beyond the built-in
/// ones.
enum ConfigurationFiles {
  /// The built-in configuration with the files' fields added.
  static func load(
    _ entries: [Kustomization.Entry], _ loader: FileLoader
  ) throws(DiagnosticError) -> TransformerConfiguration {
    var configuration = TransformerConfiguration.builtIn
    for entry in entries {
      let stream = try loader.stream(entry.text, at: entry.span)
      // Further documents are not looked at.
      guard let root = stream.documents.first?.root, root.scalar != .null else { continue }
      try GoYAML.refuseDuplicateKeys(root, countsMerged: true)
      let read = try read(root)
      do throws(FieldSpecConflict) {
        try configuration.merge(read)
      } catch {
        throw .located(
          "conflicting-field-specification",
          "the field '\(error.path)' is already configured with another 'create'", entry.span)
      }
    }
    return configuration
  }

  private static func read(_ node: YAMLNode) throws(DiagnosticError) -> TransformerConfiguration {
    var fields = try FieldReader(node, "the configuration")
    var configuration = TransformerConfiguration.empty
    configuration.namePrefix = try fields.list("namePrefix", FieldSpec.init(reading:))
    configuration.nameSuffix = try fields.list("nameSuffix", FieldSpec.init(reading:))
    configuration.namespace = try fields.list("namespace", FieldSpec.init(reading:))
    configuration.commonLabels = try fields.list("commonLabels", FieldSpec.init(reading:))
    configuration.labels = try fields.list("labels", FieldSpec.init(reading:))
    configuration.templateLabels = try fields.list("templateLabels", FieldSpec.init(reading:))
    configuration.commonAnnotations = try fields.list("commonAnnotations", FieldSpec.init(reading:))
    configuration.variableReferences = try fields.list("varReference", FieldSpec.init(reading:))
    configuration.images = try fields.list("images", FieldSpec.init(reading:))
    configuration.replicas = try fields.list("replicas", FieldSpec.init(reading:))
    configuration.nameReferences = try fields.list("nameReference") {
      node throws(DiagnosticError) in
      var entry = try FieldReader(node, "an entry of 'nameReference'")
      let referral = GroupVersionKind(
        group: try entry.string("group") ?? "", version: try entry.string("version") ?? "",
        kind: try entry.string("kind") ?? "")
      let specs = try entry.list("fieldSpecs", FieldSpec.init(reading:))
      try entry.refuseUnknownFields()
      return NameReference(referral, specs)
    }
    try fields.refuseUnknownFields()
    return configuration
  }
}
