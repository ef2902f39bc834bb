internal import ManifestKit
internal import SourceText

/// The schema that `openapi` names. The first one that a build meets holds for all of it.
struct SchemaSource {
  let table: SchemaTable

  init?(_ field: Kustomization.OpenAPI?, _ loader: FileLoader) throws(DiagnosticError) {
    guard let field else { return nil }
    guard let path = field.path, !path.text.isEmpty else {
      guard field.version?.isEmpty == false else { return nil }
      if let version = field.version, !version.isEmpty, version != "v1.21.2" {
        throw .located(
          "unknown-openapi-version", "there is no built-in OpenAPI document '\(version)'", nil,
          detail: "The only one is v1.21.2, which is the default.")
      }
      table = .kustomize
      return
    }
    guard field.version?.isEmpty ?? true else {
      throw .located(
        "conflicting-fields", "'openapi' has either a 'version' or a 'path'", path.span)
    }
    let bytes = try loader.read(path.text, at: path.span)
    let document: JSONValue
    do throws(JSONValue.ParseError) {
      document = try JSONValue(parsing: bytes)
    } catch {
      let stream = try loader.stream(bytes, name: path.text)
      var tree = ValueTree()
      guard let root = try tree.add(documentsOf: stream).first else {
        throw .located("malformed-openapi", "the OpenAPI document is empty", path.span)
      }
      document = tree.json(of: root)
    }
    table = SchemaTable(openAPI: document, version: path.text)
  }
}
