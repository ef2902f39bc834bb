internal import ManifestKit
internal import SourceText

extension Kustomization {
  /// Reads the first document of a kustomization file.
  ///
  /// - Throws: the first thing that is wrong with it.
  init(_ stream: YAMLStream, in workspace: Workspace) throws(DiagnosticError) {
    let start = SourceSpan(file: stream.file, bytes: 0..<0)
    span = start
    guard let document = stream.documents.first else { return }
    guard document.root.scalar != .null else { return }
    var fields = try FieldReader(document.root, "the kustomization")
    span = fields.span
    for name in Self.fieldNames { fieldSpans[name] = fields.keySpan(name) }
    try readHeader(&fields)
    try readLists(&fields)
    try readTransformations(&fields)
    try readPatches(&fields)
    try readGenerators(&fields)
    try readRest(&fields)
    try fields.refuseUnknownFields()
    isEmpty = !Self.fieldNames.contains { fields.isSet($0) }
  }

  /// Every field that makes a kustomization more than empty.
  static let fieldNames = [
    "metadata", "resources", "bases", "components", "crds", "configurations", "generators",
    "transformers", "validators", "namespace", "namePrefix", "nameSuffix", "commonLabels",
    "labels", "commonAnnotations", "patchesStrategicMerge", "patchesJson6902", "patches",
    "images", "imageTags", "replicas", "replacements", "vars", "configMapGenerator",
    "secretGenerator", "generatorOptions", "openapi", "sortOptions", "buildMetadata",
    "helmCharts", "helmGlobals", "helmChartInflationGenerator",
  ]

  private mutating func readHeader(_ fields: inout FieldReader) throws(DiagnosticError) {
    let kindNode = fields.node("kind")
    let versionNode = fields.node("apiVersion")
    try Self.refuseOddMetadata(fields.node("metadata"))
    let kindText = try fields.string("kind") ?? ""
    if !kindText.isEmpty {
      guard let kind = Kind(rawValue: kindText) else {
        throw .located(
          "wrong-kind", "the kind must be Kustomization or Component, not '\(kindText)'",
          kindNode?.span)
      }
      self.kind = kind
    }
    let wanted =
      kind == .component ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1"
    let version = try fields.string("apiVersion") ?? ""
    guard version.isEmpty || version == wanted else {
      throw .located(
        "wrong-api-version", "the apiVersion of a \(kind.rawValue) must be \(wanted)",
        versionNode?.span)
    }
  }

  /// Nothing of the metadata is used, but what stands there must have its type.
  private static func refuseOddMetadata(_ node: YAMLNode?) throws(DiagnosticError) {
    guard let node else { return }
    var fields = try FieldReader(node, "'metadata'")
    for name in ["name", "namespace"] { _ = try fields.string(name) }
    for name in ["labels", "annotations"] { _ = try fields.pairs(name) }
    try fields.refuseUnknownFields()
  }

  private mutating func readLists(_ fields: inout FieldReader) throws(DiagnosticError) {
    resources = try fields.strings("resources")
    resources += try fields.strings("bases")
    components = try fields.strings("components")
    crds = try fields.strings("crds")
    configurations = try fields.strings("configurations")
    generators = try fields.strings("generators")
    transformers = try fields.strings("transformers")
    validators = try fields.strings("validators")
    buildMetadata = Set(try fields.strings("buildMetadata").map(\.text))
  }

  private mutating func readTransformations(_ fields: inout FieldReader) throws(DiagnosticError) {
    namespace = try fields.string("namespace") ?? ""
    namePrefix = try fields.string("namePrefix") ?? ""
    nameSuffix = try fields.string("nameSuffix") ?? ""
    commonLabels = try fields.pairs("commonLabels")
    commonAnnotations = try fields.pairs("commonAnnotations")
    labels = try fields.list("labels") { node throws(DiagnosticError) in
      var entry = try FieldReader(node, "an entry of 'labels'")
      var labels = Labels()
      labels.pairs = try entry.pairs("pairs")
      labels.includeSelectors = try entry.bool("includeSelectors") ?? false
      labels.includeTemplates = try entry.bool("includeTemplates") ?? false
      labels.fields = try entry.list("fields", FieldSpec.init(reading:))
      try entry.refuseUnknownFields()
      return labels
    }
    images = try fields.list("images", ImageOverride.init(reading:))
    images += try fields.list("imageTags", ImageOverride.init(reading:))
    replicas = try fields.list("replicas") { node throws(DiagnosticError) in
      var entry = try FieldReader(node, "an entry of 'replicas'")
      let replica = ReplicaOverride(
        name: try entry.string("name") ?? "", count: try entry.integer("count") ?? 0,
        span: node.span)
      try entry.refuseUnknownFields()
      return replica
    }
  }

  private mutating func readPatches(_ fields: inout FieldReader) throws(DiagnosticError) {
    strategicMergePatches = try fields.strings("patchesStrategicMerge")
    patches = try fields.list("patches", Patch.init(reading:))
    json6902Patches = try fields.list("patchesJson6902", Patch.init(reading:))
    replacements = try fields.list("replacements") { node throws(DiagnosticError) in
      try ReplacementSource(reading: node)
    }
    variables = try fields.list("vars", Variable.init(reading:))
  }

  private mutating func readGenerators(_ fields: inout FieldReader) throws(DiagnosticError) {
    configMaps = try fields.list("configMapGenerator") { node throws(DiagnosticError) in
      try GeneratorArguments(reading: node, kind: .configMap)
    }
    secrets = try fields.list("secretGenerator") { node throws(DiagnosticError) in
      try GeneratorArguments(reading: node, kind: .secret)
    }
    if let node = fields.node("generatorOptions") {
      generatorOptions = try GeneratorOptions(reading: node)
    }
  }

  private mutating func readRest(_ fields: inout FieldReader) throws(DiagnosticError) {
    if let node = fields.node("openapi") {
      var entry = try FieldReader(node, "'openapi'")
      openAPI = OpenAPI(
        version: try entry.string("version"), path: try entry.entry("path"), span: node.span)
    }
    if let node = fields.node("sortOptions") { sortOptions = try SortOptions(reading: node) }
    try readCharts(&fields)
  }
}

extension Kustomization {
  /// Reads `helmCharts`, `helmGlobals` and the field that came before them.
  fileprivate mutating func readCharts(_ fields: inout FieldReader) throws(DiagnosticError) {
    charts = try fields.list("helmCharts", HelmChart.init(reading:))
    if let node = fields.node("helmGlobals") {
      var globals = try FieldReader(node, "'helmGlobals'")
      let chartHome = try globals.string("chartHome") ?? ""
      let configHome = try globals.string("configHome") ?? ""
      try globals.refuseUnknownFields()
      for index in charts.indices {
        if !chartHome.isEmpty { charts[index].chartHome = chartHome }
        charts[index].configHome = configHome
      }
    }
    charts += try fields.list(
      "helmChartInflationGenerator", HelmChart.init(readingDeprecated:))
  }
}

extension FieldSpec {
  /// Reads a field specification of `labels` or of a configuration file.
  convenience init(reading node: YAMLNode) throws(DiagnosticError) {
    try self.init(reading: node, isStrict: true)
  }

  /// Reads a field specification; unknown fields are not looked at in those of plugins.
  convenience init(reading node: YAMLNode, isStrict: Bool) throws(DiagnosticError) {
    var entry = try FieldReader(node, "a field specification")
    self.init(
      try entry.string("path") ?? "",
      GroupVersionKind(
        group: try entry.string("group") ?? "", version: try entry.string("version") ?? "",
        kind: try entry.string("kind") ?? ""),
      create: try entry.bool("create") ?? false)
    if isStrict { try entry.refuseUnknownFields() }
  }
}

extension Kustomization.SortOptions {
  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "'sortOptions'")
    span = entry.node("order")?.span ?? node.span
    order = try entry.string("order") ?? ""
    if let legacyNode = entry.node("legacySortOptions") {
      var fields = try FieldReader(legacyNode, "'legacySortOptions'")
      legacy = Legacy(
        first: try fields.strings("orderFirst").map(\.text),
        last: try fields.strings("orderLast").map(\.text), span: legacyNode.span)
      try fields.refuseUnknownFields()
    }
    try entry.refuseUnknownFields()
  }
}

extension ImageOverride {
  init(reading node: YAMLNode) throws(DiagnosticError) { try self.init(reading: node, false) }

  /// Reads an entry; leniently where it stands in the configuration of a plugin.
  init(reading node: YAMLNode, _ isLenient: Bool) throws(DiagnosticError) {
    var entry = try FieldReader(node, "an entry of 'images'")
    entry.isLenient = isLenient
    self.init(
      name: try entry.string("name") ?? "", newName: try entry.string("newName") ?? "",
      newTag: try entry.string("newTag") ?? "", digest: try entry.string("digest") ?? "",
      tagSuffix: try entry.string("tagSuffix") ?? "", span: node.span)
    if !isLenient { try entry.refuseUnknownFields() }
  }
}

extension Kustomization.Patch {
  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "an entry of 'patches'")
    span = node.span
    path = try entry.entry("path")
    inline = try entry.entry("patch")
    if path?.text.isEmpty == true { path = nil }
    if inline?.text.isEmpty == true { inline = nil }
    if let target = entry.node("target") { self.target = try Selector(reading: target) }
    if let options = entry.node("options") {
      guard options.kind == .mapping else {
        throw .located(
          "unexpected-type", "the options of a patch must be a mapping, not \(options.article)",
          options.span)
      }
      for pair in options.entries {
        guard case .bool(let value) = pair.value.resolved.scalar else {
          throw .located(
            "unexpected-type", "'\(pair.key.text)' of a patch's options must be true or false",
            pair.value.span)
        }
        self.options[pair.key.text] = value
      }
    }
    try entry.refuseUnknownFields()
  }
}

extension Selector {
  init(reading node: YAMLNode, isStrict: Bool = true) throws(DiagnosticError) {
    var entry = try FieldReader(node, "a target")
    gvk = GroupVersionKind(
      group: try entry.string("group") ?? "", version: try entry.string("version") ?? "",
      kind: try entry.string("kind") ?? "")
    if let apiVersion = try entry.string("apiVersion"), !apiVersion.isEmpty {
      let split = GroupVersionKind(apiVersion: apiVersion, kind: gvk.kind)
      if gvk.group.isEmpty { gvk.group = split.group }
      if gvk.version.isEmpty { gvk.version = split.version }
    }
    name = try entry.string("name") ?? ""
    namespace = try entry.string("namespace") ?? ""
    labelSelector = try entry.string("labelSelector") ?? ""
    annotationSelector = try entry.string("annotationSelector") ?? ""
    span = node.span
    if isStrict { try entry.refuseUnknownFields() }
  }
}

extension Kustomization.Variable {
  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "an entry of 'vars'")
    name = try entry.string("name") ?? ""
    span = node.span
    guard let objectNode = entry.node("objref") else {
      throw .located("missing-field", "a variable needs an 'objref'", node.span)
    }
    var object = try FieldReader(objectNode, "'objref'")
    let apiVersion = try object.string("apiVersion") ?? ""
    gvk = GroupVersionKind(apiVersion: apiVersion, kind: try object.string("kind") ?? "")
    if let group = try object.string("group"), !group.isEmpty { gvk.group = group }
    if let version = try object.string("version"), !version.isEmpty { gvk.version = version }
    objectName = try object.string("name") ?? ""
    objectNamespace = try object.string("namespace") ?? ""
    try object.refuseUnknownFields()
    fieldPath = "metadata.name"
    if let fieldNode = entry.node("fieldref") {
      var field = try FieldReader(fieldNode, "'fieldref'")
      fieldPath = try field.string("fieldpath") ?? "metadata.name"
      try field.refuseUnknownFields()
    }
    try entry.refuseUnknownFields()
  }
}
