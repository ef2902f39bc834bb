internal import ManifestKit
internal import SourceText

/// The transformers that a kustomization's fields ask for, in the order Kustomize runs them.
struct BuiltInTransformers {
  let kustomization: Kustomization
  let loader: FileLoader
  let configuration: TransformerConfiguration

  /// A transformer and what is said of its work.
  struct Configured {
    let transformer: any Transformer
    let origin: ResourceOrigin?
    /// The entry that asks for it.
    let span: SourceSpan?
    /// Whether it must not change anything.
    var isValidator = false
  }

  func all() throws(DiagnosticError) -> [Configured] {
    var all: [Configured] = []
    func add(_ kind: String, _ field: String, _ transformers: [any Transformer]) {
      let origin = kustomization.origin(of: kind, loader)
      for transformer in transformers {
        let span = transformer.span ?? kustomization.fieldSpans[field]
        all.append(Configured(transformer: transformer, origin: origin, span: span))
      }
    }
    /// Several transformers that the original has as one: the last one tells.
    func addAsOne(_ kind: String, _ field: String, _ transformers: [any Transformer]) {
      for transformer in transformers.dropLast() {
        all.append(Configured(transformer: transformer, origin: nil, span: transformer.span))
      }
      add(kind, field, Array(transformers.suffix(1)))
    }
    let kustomization = kustomization
    let patches = PatchReader(workspace: loader.workspace)
    addAsOne("PatchStrategicMergeTransformer", "patchesStrategicMerge", try strategicMergePatches())
    for patch in kustomization.patches {
      add("PatchTransformer", "patches", [try patches.transformer(patch, loader)])
    }
    if !kustomization.namespace.isEmpty {
      add(
        "NamespaceTransformer", "namespace",
        [NamespaceTransformer(namespace: kustomization.namespace, fields: configuration.namespace)])
    }
    if !kustomization.namePrefix.isEmpty {
      add(
        "PrefixTransformer", "namePrefix",
        [
          NameAffixTransformer(
            position: .prefix, affix: kustomization.namePrefix, fields: configuration.namePrefix)
        ])
    }
    if !kustomization.nameSuffix.isEmpty {
      add(
        "SuffixTransformer", "nameSuffix",
        [
          NameAffixTransformer(
            position: .suffix, affix: kustomization.nameSuffix, fields: configuration.nameSuffix)
        ])
    }
    add("LabelTransformer", "labels", try labels())
    if !kustomization.commonAnnotations.isEmpty {
      add(
        "AnnotationsTransformer", "commonAnnotations",
        [
          MetadataTransformer(
            entries: kustomization.commonAnnotations, fields: configuration.commonAnnotations,
            span: kustomization.fieldSpans["commonAnnotations"])
        ])
    }
    for patch in kustomization.json6902Patches {
      add(
        "PatchJson6902Transformer", "patchesJson6902",
        [try patches.jsonTransformer(patch, loader)])
    }
    add(
      "ReplicaCountTransformer", "replicas",
      kustomization.replicas.map { ReplicaTransformer(replica: $0, fields: configuration.replicas) }
    )
    add(
      "ImageTagTransformer", "images",
      kustomization.images.map { ImageTransformer(image: $0, fields: configuration.images) })
    let replacements = try kustomization.replacements.resolved(by: loader)
    if !replacements.isEmpty {
      add(
        "ReplacementTransformer", "replacements",
        [ReplacementTransformer(replacements: replacements)])
    }
    let plugins = PluginFiles(loader: loader, fileName: kustomization.fileName)
    all += try plugins.transformers(kustomization.transformers)
    all += try plugins.transformers(kustomization.validators).map { validator in
      var validator = validator
      validator.isValidator = true
      return validator
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
        try fields.merge(configuration.labels)
      } catch {
        throw .located(
          "conflicting-field-specification",
          "the label field '\(error.path)' is already there with another 'create'",
          kustomization.span)
      }
      all.append(
        MetadataTransformer(
          entries: labels.pairs, fields: fields, span: kustomization.fieldSpans["labels"]))
    }
    // Told of in the annotations of `buildMetadata` as soon as there are labels of either sort.
    if all.isEmpty, kustomization.commonLabels.isEmpty { return [] }
    all.append(
      MetadataTransformer(
        entries: kustomization.commonLabels, fields: configuration.commonLabels,
        span: kustomization.fieldSpans["commonLabels"]))
    return all
  }

  /// `patchesStrategicMerge`: paths, or the patches themselves.
  private func strategicMergePatches() throws(DiagnosticError) -> [any Transformer] {
    var all: [any Transformer] = []
    for entry in kustomization.strategicMergePatches {
      let text =
        loader.isInline(entry.text)
        ? try PatchText(inline: entry, loader) : try PatchText(path: entry, loader)
      let patches = try PatchReader(workspace: loader.workspace).patches(in: text)
      guard !patches.isEmpty else {
        throw .located(
          "empty-patch", "the patch is empty", entry.span, detail: "Leave the entry out.")
      }
      all.append(
        StrategicMergeTransformer(patches: patches, target: nil, place: entry.span))
    }
    return all
  }
}

extension Kustomization {
  /// Says that a field of this file configured something built in.
  func origin(of kind: String, _ loader: FileLoader) -> ResourceOrigin {
    var origin = loader.origin
    origin.configuredIn = FilePath.join(loader.originPath, fileName)
    origin.configuredBy = .init(kind: kind)
    return origin
  }
}
