internal import ManifestKit
internal import SourceText

/// The schema that `openapi` names. The first one that a build meets holds for all of it.
struct SchemaSource {
  private enum Source {
    case builtIn
    case document(JSONValue, name: String)
  }

  private let source: Source

  init?(_ field: Kustomization.OpenAPI?, _ loader: FileLoader) throws(DiagnosticError) {
    guard let field else { return nil }
    guard let path = field.path, !path.text.isEmpty else {
      guard let version = field.version, !version.isEmpty else { return nil }
      guard version == "v1.21.2" else {
        throw .located(
          "unknown-openapi-version", "there is no built-in OpenAPI document '\(version)'",
          field.span, detail: "The only one is v1.21.2, which is the default.")
      }
      source = .builtIn
      return
    }
    guard field.version?.isEmpty ?? true else {
      throw .located(
        "conflicting-fields", "'openapi' has either a 'version' or a 'path'", path.span)
    }
    let bytes = try loader.read(path.text, at: path.span)
    if let document = try? JSONValue(parsing: bytes) {
      source = .document(document, name: path.text)
      return
    }
    let stream = try loader.stream(bytes, name: path.text)
    var tree = ValueTree()
    guard let root = try tree.add(documentsOf: stream).first else {
      throw .located("malformed-openapi", "the OpenAPI document is empty", path.span)
    }
    source = .document(tree.json(of: root), name: path.text)
  }

  /// Makes it the schema of a build.
  ///
  /// A document stands for itself: what it does not define has no type. But where the built-in schema
  /// was asked before, its definitions are still there, and the document adds to them.
  func use(in workspace: Workspace) {
    switch source {
    case .builtIn: workspace.customSchema = .kustomize
    case .document(let document, let name):
      workspace.customSchema =
        workspace.usesBuiltInSchema
        ? .kustomize(extendedBy: document, version: name)
        : SchemaTable(openAPI: document, version: name)
      workspace.scopes.customKinds = Self.kindsOutsideNamespaces(in: document)
    }
  }

  /// The kinds that can be read at some path, but at none with a namespace in it.
  private static func kindsOutsideNamespaces(in document: JSONValue) -> Set<GroupVersionKind> {
    var scopes: [GroupVersionKind: Bool] = [:]
    for path in document["paths"]?.members ?? [] {
      guard let kind = path.value["get"]?["x-kubernetes-group-version-kind"],
        let version = kind["version"]?.stringValue, let name = kind["kind"]?.stringValue
      else { continue }
      let gvk = GroupVersionKind(
        group: kind["group"]?.stringValue ?? "", version: version, kind: name)
      let isNamespaced = path.name.contains("namespaces/{namespace}")
      scopes[gvk] = isNamespaced || scopes[gvk] ?? false
    }
    return Set(scopes.filter { !$0.value }.keys)
  }
}
