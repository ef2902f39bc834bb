/// Where a resource comes from, or what changed it, as `buildMetadata` tells.
struct ResourceOrigin: Hashable, Sendable {
  /// The file, relative to the folder that is built; empty for what a generator made.
  var path = ""
  /// The repository that holds the file, and the commit asked for; empty for local files.
  var repository = ""
  var ref = ""
  /// The file that configures the generator or transformer.
  var configuredIn = ""
  var configuredBy: ConfiguredBy?

  struct ConfiguredBy: Hashable, Sendable {
    var apiVersion = "builtin"
    var kind: String
    var name = ""
    var namespace = ""
  }

  /// The fields as lines of YAML.
  private var lines: [String] {
    var lines: [String] = []
    func add(_ indent: String, _ name: String, _ value: String) {
      if !value.isEmpty { lines.append("\(indent)\(name): \(value)") }
    }
    add("", "path", path)
    add("", "repo", repository)
    add("", "ref", ref)
    add("", "configuredIn", configuredIn)
    if let configuredBy {
      lines.append("configuredBy:")
      add("  ", "apiVersion", configuredBy.apiVersion)
      add("  ", "kind", configuredBy.kind)
      add("  ", "name", configuredBy.name)
      add("  ", "namespace", configuredBy.namespace)
    }
    return lines
  }

  /// The origin as a mapping.
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// Several as a list.
  static func text(of origins: [ResourceOrigin]) -> String {
    origins.map { origin in
      origin.lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element + "\n" }.joined()
    }.joined()
  }
}

extension Resource {
  private static let originKey = "config.kubernetes.io/origin"
  private static let transformationsKey = "alpha.config.kubernetes.io/transformations"

  /// Notes a transformer; for an object that comes from nowhere, as its origin.
  func wasTransformed(by transformer: ResourceOrigin) {
    if origin == nil { origin = transformer } else { transformations.append(transformer) }
  }

  /// Changes the object by a strategic-merge patch. One that takes all annotations away takes with
  /// them what the original notes there: earlier names, and that the name is to get a hash.
  func merge<Failure>(
    in workspace: Workspace, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    guard hasNotes else { return try patch(in: workspace, body) }
    setMetadata("annotations", Self.noteKey, "")
    try patch(in: workspace, body)
    if isEmpty { return }
    if metadata("annotations", Self.noteKey) == nil { forgetNotes() }
    removeMetadata("annotations", Self.noteKey)
  }

  /// Changes the object by a patch. One that takes all annotations away takes the history with it,
  /// since the original keeps it there.
  func patch<Failure>(
    in workspace: Workspace, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    guard workspace.recordsHistory else { return try body() }
    if origin != nil { setMetadata("annotations", Self.originKey, "") }
    if !transformations.isEmpty { setMetadata("annotations", Self.transformationsKey, "") }
    try body()
    if isEmpty { return }
    if metadata("annotations", Self.originKey) == nil { origin = nil }
    if metadata("annotations", Self.transformationsKey) == nil { transformations = [] }
    removeMetadata("annotations", Self.originKey)
    removeMetadata("annotations", Self.transformationsKey)
  }

  /// Writes the annotations that `buildMetadata` asks for; those that nobody asked for go, as do
  /// the ones that are the original's own working notes.
  func annotateOrigin(_ wanted: Set<String>) {
    if wanted.isEmpty, !hasAnnotations { return }
    for name in Self.workingNotes { removeMetadata("annotations", name) }
    annotate(
      Self.originKey,
      wanted.contains("originAnnotations") ? origin?.text : nil)
    let changes =
      wanted.contains("transformerAnnotations") && !transformations.isEmpty
      ? ResourceOrigin.text(of: transformations) : nil
    annotate(Self.transformationsKey, changes)
  }

  private func annotate(_ name: String, _ text: String?) {
    if let text {
      setMetadata("annotations", name, text)
    } else {
      removeMetadata("annotations", name)
    }
  }

  private static let noteKey = "internal.config.kubernetes.io/previousNames"

  private static let workingNotes: [String] =
    [
      "previousKinds", "previousNames", "previousNamespaces", "prefixes", "suffixes",
      "allowNameChange", "allowKindChange", "refBy", "generatorBehavior", "needsHashSuffix", "path",
      "index", "seqindent", "id", "annotations-migration-resource-id",
    ].map { "internal.config.kubernetes.io/" + $0 } + [
      "config.kubernetes.io/path", "config.kubernetes.io/index", "config.k8s.io/id",
    ]
}
