internal import ManifestKit
public import SourceText

extension KustomizationEditor {
  /// Turns deprecated fields into the ones that took their place: `bases`, `imageTags`, `env`,
  /// `commonLabels`, `patchesStrategicMerge` and `patchesJson6902`; adds what the header lacks.
  ///
  /// - Parameter isFile: Whether a path relative to the kustomization is a file.
  public mutating func fix(_ isFile: (String) -> Bool) throws(DiagnosticError) {
    try move("bases", to: "resources")
    try move("imageTags", to: "images")
    try move("patchesJson6902", to: "patches")
    for patch in elements("patchesStrategicMerge").map(\.text) {
      let key = isFile(patch) ? "path" : "patch"
      try append(.object([(key, .string(patch))]), to: path("patches"))
    }
    if field("patchesStrategicMerge") != nil { try delete(path("patchesStrategicMerge")) }
    for list in ["configMapGenerator", "secretGenerator"] { try fixEnvironments(list) }
    try fixLabels()
    if field("apiVersion") == nil {
      let version = kustomization.kind == .component ? "v1alpha1" : "v1beta1"
      try set([.key("apiVersion")], to: .string("kustomize.config.k8s.io/" + version))
    }
    if field("kind") == nil { try set([.key("kind")], to: .string("Kustomization")) }
  }

  /// A value of the file as JSON.
  private func json(_ node: YAMLNode) throws(DiagnosticError) -> JSONValue {
    var tree = ValueTree()
    let copy = try tree.add(node)
    return tree.json(of: copy)
  }

  private mutating func fixEnvironments(_ list: String) throws(DiagnosticError) {
    for (index, generator) in elements(list).enumerated() {
      guard let environment = generator["env"]?.text else { continue }
      try append(.string(environment), to: path(list) + [.index(index), .key("envs")])
      try delete(path(list) + [.index(index), .key("env")])
    }
  }

  private mutating func fixLabels() throws(DiagnosticError) {
    guard let labels = field("commonLabels")?.value.resolved else { return }
    guard labels.entries.first(where: { _ in true }) != nil else {
      return try delete(path("commonLabels"))
    }
    for entry in labels.entries
    where elements("labels").contains(where: { $0["pairs"]?[entry.key.text] != nil }) {
      throw .edit(
        "conflicting-fields", "'\(entry.key.text)' is in 'commonLabels' and in 'labels'",
        detail: "Remove it from one of them.")
    }
    let pairs = try json(labels)
    try append(
      .object([("pairs", pairs), ("includeSelectors", .bool(true))]), to: path("labels"))
    try delete(path("commonLabels"))
  }
}
