internal import ManifestKit
internal import SourceText

/// The transformers that a kustomization's fields ask for, in the order Kustomize runs them.
struct BuiltInTransformers {
  let kustomization: Kustomization
  let loader: FileLoader
  let configuration: TransformerConfiguration
  let schema: SchemaTable

  func all() throws(DiagnosticError) -> [any Transformer] {
    var all: [any Transformer] = []
    all += try strategicMergePatches()
    for patch in kustomization.patches { all += try transformers(for: patch) }
    all.append(
      NamespaceTransformer(namespace: kustomization.namespace, fields: configuration.namespace))
    all.append(
      NameAffixTransformer(
        position: .prefix, affix: kustomization.namePrefix, fields: configuration.namePrefix))
    all.append(
      NameAffixTransformer(
        position: .suffix, affix: kustomization.nameSuffix, fields: configuration.nameSuffix))
    all += try labels()
    all.append(
      MetadataTransformer(
        entries: kustomization.commonAnnotations, fields: configuration.commonAnnotations))
    for patch in kustomization.json6902Patches { all += try transformers(for: patch) }
    all += kustomization.replicas.map {
      ReplicaTransformer(replica: $0, fields: configuration.replicas)
    }
    all += kustomization.images.map { ImageTransformer(image: $0, fields: configuration.images) }
    let replacements = try replacements()
    if !replacements.isEmpty { all.append(ReplacementTransformer(replacements: replacements)) }
    for entry in kustomization.transformers {
      all += try PluginFiles(loader: loader).transformers(entry, schema: schema)
    }
    for entry in kustomization.validators {
      all += try PluginFiles(loader: loader).transformers(entry, schema: schema)
    }
    return all
  }

  private func labels() throws(DiagnosticError) -> [any Transformer] {
    var all: [any Transformer] = []
    for labels in kustomization.labels {
      var fields = labels.fields
      do throws(FieldSpecConflict) {
        if labels.includeSelectors {
          try fields.merge(configuration.commonLabels)
        } else {
          if labels.includeTemplates { try fields.merge(configuration.templateLabels) }
          try fields.merge([FieldSpec("metadata/labels", create: true)])
        }
      } catch {
        throw .located(
          "conflicting-field-specification",
          "the label field '\(error.path)' is already there with another 'create'",
          kustomization.span)
      }
      all.append(MetadataTransformer(entries: labels.pairs, fields: fields))
    }
    all.append(
      MetadataTransformer(
        entries: kustomization.commonLabels, fields: configuration.commonLabels))
    return all
  }

  /// `patchesStrategicMerge`: paths, or the patches themselves.
  private func strategicMergePatches() throws(DiagnosticError) -> [any Transformer] {
    var all: [any Transformer] = []
    for entry in kustomization.strategicMergePatches {
      let isFile = loader.kind(of: entry.text) != nil || !entry.text.contains("\n")
      let text =
        isFile
        ? try PatchText(path: entry, loader) : try PatchText(inline: entry, loader)
      let patches = try PatchReader(workspace: loader.workspace).patches(in: text)
      guard !patches.isEmpty else {
        throw .located("empty-patch", "the patch is empty", entry.span)
      }
      all.append(
        StrategicMergeTransformer(patches: patches, target: nil, span: entry.span, schema: schema))
    }
    return all
  }

  /// An entry of `patches` or `patchesJson6902`, which may be of either sort.
  private func transformers(
    for patch: Kustomization.Patch
  ) throws(DiagnosticError) -> [any Transformer] {
    try PatchReader(workspace: loader.workspace).transformers(patch, loader, schema)
  }

  private func replacements() throws(DiagnosticError) -> [Replacement] {
    var all: [Replacement] = []
    for source in kustomization.replacements {
      switch source {
      case .inline(let replacement): all.append(replacement)
      case .file(let entry):
        let stream = try loader.stream(entry.text, at: entry.span)
        for document in stream.documents {
          if document.root.kind == .sequence {
            for element in document.root.elements {
              all.append(try Replacement(reading: element.resolved))
            }
          } else if document.root.scalar != .null {
            all.append(try Replacement(reading: document.root))
          }
        }
      }
    }
    return all
  }
}
