internal import ManifestKit
internal import SourceText

/// A built-in generator or transformer that is configured by an object of its own.
struct BuiltInPlugin {
  static let kinds = [
    "AnnotationsTransformer", "ConfigMapGenerator", "HashTransformer", "ImageTagTransformer",
    "IAMPolicyGenerator", "LabelTransformer", "NamespaceTransformer", "PatchJson6902Transformer",
    "PatchStrategicMergeTransformer", "PatchTransformer", "PrefixSuffixTransformer",
    "PrefixTransformer", "ReplacementTransformer", "ReplicaCountTransformer", "SecretGenerator",
    "SuffixTransformer", "ValueAddTransformer",
  ]

  private let node: YAMLNode
  private let loader: FileLoader
  private let metadataName: String
  private let metadataNamespace: String

  init(_ node: YAMLNode, _ loader: FileLoader) {
    self.node = node
    self.loader = loader
    metadataName = node["metadata"]?["name"]?.text ?? ""
    metadataNamespace = node["metadata"]?["namespace"]?.text ?? ""
  }

  /// Fields every plugin object has.
  private func reader(_ what: String) throws(DiagnosticError) -> FieldReader {
    var fields = try FieldReader(node, what)
    for name in ["apiVersion", "kind", "metadata"] { _ = fields.node(name) }
    fields.isLenient = true
    return fields
  }

  /// What a generator makes, or `nil` for a kind that does not exist.
  func generated(_ kind: String) throws(DiagnosticError) -> Resource? {
    switch kind {
    case "ConfigMapGenerator", "SecretGenerator": try configuration(kind)
    case "IAMPolicyGenerator": try policyAccount()
    default: nil
    }
  }

  /// A service account of a cluster that acts as one of Google's cloud.
  private func policyAccount() throws(DiagnosticError) -> Resource {
    var fields = try reader("the IAMPolicyGenerator")
    guard try fields.string("cloud") == "gke", let serviceNode = fields.node("kubernetesService"),
      let accountNode = fields.node("serviceAccount")
    else {
      throw .located(
        "missing-field",
        "an IAMPolicyGenerator needs 'cloud: gke', 'kubernetesService' and 'serviceAccount'",
        node.span)
    }
    var service = try FieldReader(serviceNode, "'kubernetesService'")
    var account = try FieldReader(accountNode, "'serviceAccount'")
    let identity =
      "\(try account.string("name") ?? "")@\(try account.string("projectId") ?? "")"
      + ".iam.gserviceaccount.com"
    let workspace = loader.workspace
    let root = workspace.tree.makeMapping()
    workspace.tree.set("apiVersion", in: root, to: workspace.tree.makeString("v1"))
    workspace.tree.set("kind", in: root, to: workspace.tree.makeString("ServiceAccount"))
    let resource = Resource(root: root, in: workspace, span: node.span)
    resource.setMetadata("annotations", "iam.gke.io/gcp-service-account", identity)
    resource.name = try service.string("name") ?? ""
    resource.namespace = try service.string("namespace") ?? ""
    return resource
  }

  private func configuration(_ kind: String) throws(DiagnosticError) -> Resource {
    let arguments = try GeneratorArguments(
      plugin: node, kind: kind == "SecretGenerator" ? .secret : .configMap,
      name: metadataName, namespace: metadataNamespace)
    let generator = ConfigurationGenerator(
      arguments: arguments, options: arguments.options,
      pairs: try KeyValueLoader(loader: loader).load(arguments))
    return try generator.generate(in: loader.workspace)
  }

  /// The transformers, or `nil` for a kind that does not exist.
  func transformers(
    _ kind: String
  ) throws(DiagnosticError) -> [any Transformer]? {
    var fields = try reader("the \(kind)")
    switch kind {
    case "AnnotationsTransformer":
      return [
        MetadataTransformer(
          entries: try fields.pairs("annotations"), fields: try fieldSpecs(&fields))
      ]
    case "LabelTransformer":
      return [
        MetadataTransformer(entries: try fields.pairs("labels"), fields: try fieldSpecs(&fields))
      ]
    case "PrefixTransformer": return [try affix(.prefix, "prefix", &fields)]
    case "SuffixTransformer": return [try affix(.suffix, "suffix", &fields)]
    case "PrefixSuffixTransformer":
      return [try affix(.prefix, "prefix", &fields), try affix(.suffix, "suffix", &fields)]
    case "NamespaceTransformer": return [try namespace(&fields)]
    case "ImageTagTransformer": return [try image(&fields)]
    case "ReplicaCountTransformer": return [try replica(&fields)]
    case "ReplacementTransformer": return [try replacements(&fields)]
    case "PatchTransformer": return [try patches.transformer(try patch(kind, &fields), loader)]
    case "PatchJson6902Transformer":
      return [try patches.jsonTransformer(try patch(kind, &fields), loader)]
    case "PatchStrategicMergeTransformer": return try strategicMerge(&fields)
    case "ValueAddTransformer": return [try valueAdd(&fields)]
    case "HashTransformer": return [HashTransformer()]
    default: return nil
    }
  }

  private var patches: PatchReader { PatchReader(workspace: loader.workspace) }

  private func fieldSpecs(_ fields: inout FieldReader) throws(DiagnosticError) -> [FieldSpec] {
    try fields.list("fieldSpecs") { node throws(DiagnosticError) in
      try FieldSpec(reading: node, isStrict: false)
    }
  }

  private func affix(
    _ position: NameAffixTransformer.Position, _ name: String, _ fields: inout FieldReader
  ) throws(DiagnosticError) -> any Transformer {
    // Those of other transformers are read in any case.
    fields.isCaseSensitive = true
    guard fields.node("fieldSpecs") != nil else {
      throw .located(
        "missing-field", "a transformer of names needs 'fieldSpecs'", node.span,
        detail: "'fieldSpecs: [{path: metadata/name}]' is what 'namePrefix' has.")
    }
    return NameAffixTransformer(
      position: position, affix: try fields.string(name) ?? "", fields: try fieldSpecs(&fields))
  }

  private func namespace(_ fields: inout FieldReader) throws(DiagnosticError) -> any Transformer {
    var transformer = NamespaceTransformer(
      namespace: metadataNamespace, fields: try fieldSpecs(&fields))
    transformer.unsetOnly = try fields.bool("unsetOnly") ?? false
    if let text = try fields.string("setRoleBindingSubjects"), !text.isEmpty {
      guard let subjects = NamespaceTransformer.Subjects(rawValue: text) else {
        throw .located(
          "unknown-value", "'setRoleBindingSubjects' is none, defaultOnly or allServiceAccounts",
          node["setRoleBindingSubjects"]?.span)
      }
      transformer.subjects = subjects
    }
    return transformer
  }

  private func image(_ fields: inout FieldReader) throws(DiagnosticError) -> any Transformer {
    guard let image = fields.node("imageTag") else {
      throw .located("missing-field", "an ImageTagTransformer needs 'imageTag'", node.span)
    }
    return ImageTransformer(
      image: try ImageOverride(reading: image, true), fields: try fieldSpecs(&fields))
  }

  private func replica(_ fields: inout FieldReader) throws(DiagnosticError) -> any Transformer {
    guard let replicaNode = fields.node("replica") else {
      throw .located("missing-field", "a ReplicaCountTransformer needs 'replica'", node.span)
    }
    var replica = try FieldReader(replicaNode, "'replica'")
    replica.isLenient = true
    return ReplicaTransformer(
      replica: ReplicaOverride(
        name: try replica.string("name") ?? "", count: try replica.integer("count") ?? 0,
        span: replicaNode.span), fields: try fieldSpecs(&fields))
  }

  private func valueAdd(_ fields: inout FieldReader) throws(DiagnosticError) -> any Transformer {
    var value = try fields.string("value") ?? ""
    if value.isEmpty { value = FilePath.name(of: loader.root) }
    var targets = try fields.list("targets", ValueAddTransformer.Target.init(reading:))
    if let path = try fields.entry("targetFilePath"), !path.text.isEmpty {
      for document in try loader.stream(path.text, at: path.span).documents {
        for element in document.root.elements {
          targets.append(try ValueAddTransformer.Target(reading: element.resolved))
        }
      }
    }
    return ValueAddTransformer(value: value, targets: targets)
  }

  private func replacements(
    _ fields: inout FieldReader
  ) throws(DiagnosticError) -> any Transformer {
    let sources = try fields.list("replacements") { node throws(DiagnosticError) in
      try ReplacementSource(reading: node, isStrict: false)
    }
    return ReplacementTransformer(replacements: try sources.resolved(by: loader))
  }

  private func patch(
    _ kind: String, _ fields: inout FieldReader
  ) throws(DiagnosticError) -> Kustomization.Patch {
    var patch = Kustomization.Patch(span: node.span)
    patch.path = try fields.entry("path")
    patch.inline = try fields.entry(kind == "PatchTransformer" ? "patch" : "jsonOp")
    if patch.path?.text.isEmpty == true { patch.path = nil }
    if patch.inline?.text.isEmpty == true { patch.inline = nil }
    if let target = fields.node("target") {
      patch.target = try Selector(reading: target, isStrict: false)
    }
    for pair in fields.node("options")?.entries.map({ $0 }) ?? [] {
      patch.options[pair.key.text] = pair.value.resolved.scalar == .bool(true)
    }
    return patch
  }

  private func strategicMerge(
    _ fields: inout FieldReader
  ) throws(DiagnosticError) -> [any Transformer] {
    var found: [Resource] = []
    for path in try fields.strings("paths") {
      found += try patches.patches(in: try PatchText(path: path, loader))
    }
    if let inline = try fields.entry("patches"), !inline.text.isEmpty {
      found += try patches.patches(in: try PatchText(inline: inline, loader))
    }
    guard !found.isEmpty else {
      throw .located("empty-patch", "there is no patch", node.span)
    }
    return [StrategicMergeTransformer(patches: found, target: nil, place: node.span)]
  }
}

extension GeneratorArguments {
  /// Reads a generator that is configured by an object of its own.
  init(
    plugin node: YAMLNode, kind: Kind, name: String, namespace: String
  ) throws(DiagnosticError) {
    var fields = try FieldReader(node, "the generator")
    fields.isLenient = true
    fields.hidesValues = kind == .secret
    self.init(kind: kind, span: node.span)
    self.name = try fields.string("name") ?? name
    if self.name.isEmpty { self.name = name }
    self.namespace = try fields.string("namespace") ?? namespace
    behavior = GeneratorBehavior(rawValue: try fields.string("behavior") ?? "") ?? .unspecified
    files = try fields.strings("files")
    environments = try fields.strings("envs")
    if let environment = try fields.entry("env"), !environment.text.isEmpty {
      environments.append(environment)
    }
    literals = try fields.strings("literals")
    type = try fields.string("type") ?? ""
    if let options = fields.node("options") {
      self.options = try GeneratorOptions(reading: options)
    }
  }

  init(kind: Kind, span: SourceSpan) {
    self.kind = kind
    self.span = span
  }
}
