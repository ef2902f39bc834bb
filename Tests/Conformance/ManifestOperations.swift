internal import ManifestKit
internal import SourceText

/// The operations of this library, by name.
let manifestOperations: [String: Operation] = [
  "yaml.canonical": { (input) throws(Refusal) in
    var tree = ValueTree()
    let stream = try parse(input.text("yaml"))
    do {
      let roots = try tree.add(documentsOf: stream)
      return .string(try CanonicalYAML.text(of: roots, in: tree))
    } catch let error as CanonicalYAML.Failure {
      throw Refusal(message: error.message)
    } catch {
      throw Refusal(message: "\(error)")
    }
  }
]

/// Parses a stream or refuses with the first diagnostic.
func parse(_ yaml: String) throws(Refusal) -> YAMLStream {
  do {
    return try YAMLStream(parsing: SourceFile(name: "input.yaml", text: yaml))
  } catch {
    throw Refusal(message: error.diagnostics.first?.summary ?? "bad YAML")
  }
}
