internal import ManifestKit
internal import SourceText

/// One entry of `configMapGenerator` or `secretGenerator`.
struct GeneratorArguments {
  enum Kind: String {
    case configMap = "ConfigMap"
    case secret = "Secret"
  }

  var kind: Kind
  var name = ""
  var namespace = ""
  var behavior = GeneratorBehavior.unspecified
  /// The `type` of a Secret.
  var type = ""
  var files: [Kustomization.Entry] = []
  var environments: [Kustomization.Entry] = []
  var literals: [Kustomization.Entry] = []
  var options = GeneratorOptions()
  var span: SourceSpan

  init(reading node: YAMLNode, kind: Kind) throws(DiagnosticError) {
    self.kind = kind
    span = node.span
    let list = kind == .configMap ? "configMapGenerator" : "secretGenerator"
    var entry = try FieldReader(node, "an entry of '\(list)'")
    entry.hidesValues = kind == .secret
    name = try entry.string("name") ?? ""
    namespace = try entry.string("namespace") ?? ""
    let behaviorText = try entry.string("behavior") ?? ""
    // Anything that is not a behaviour counts as none, as in the original.
    behavior = GeneratorBehavior(rawValue: behaviorText) ?? .unspecified
    files = try entry.strings("files")
    environments = try entry.strings("envs")
    if let environment = try entry.entry("env"), !environment.text.isEmpty {
      environments.append(environment)
    }
    literals = try entry.strings("literals")
    if kind == .secret { type = try entry.string("type") ?? "" }
    if let node = entry.node("options") { options = try GeneratorOptions(reading: node) }
    try entry.refuseUnknownFields()
  }
}

/// `generatorOptions`, and `options` of a single generator.
struct GeneratorOptions {
  var labels: [(key: String, value: String)] = []
  var annotations: [(key: String, value: String)] = []
  var disableNameSuffixHash = false
  var immutable = false

  init() {}

  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "the generator's options")
    labels = try entry.pairs("labels")
    annotations = try entry.pairs("annotations")
    disableNameSuffixHash = try entry.bool("disableNameSuffixHash") ?? false
    immutable = try entry.bool("immutable") ?? false
    try entry.refuseUnknownFields()
  }

  /// These options of one generator, over those of all.
  func merged(over global: GeneratorOptions) -> GeneratorOptions {
    func merge(
      _ own: [(key: String, value: String)], _ all: [(key: String, value: String)]
    ) -> [(key: String, value: String)] {
      own + all.filter { pair in !own.contains { $0.key == pair.key } }
    }
    var result = self
    result.labels = merge(labels, global.labels)
    result.annotations = merge(annotations, global.annotations)
    result.disableNameSuffixHash = disableNameSuffixHash || global.disableNameSuffixHash
    result.immutable = immutable || global.immutable
    return result
  }
}
