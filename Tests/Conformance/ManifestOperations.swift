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
  },
  "json-patch": { (input) throws(Refusal) in
    try patched(input) { (target, patch, tree) throws(PatchFailure) in
      try JSONPatch(patch, in: tree).apply(to: target, in: &tree)
    }
  },
  "merge-patch": { (input) throws(Refusal) in
    try patched(input) { (target, patch, tree) throws(PatchFailure) in
      MergePatch.apply(patch, to: target, in: &tree)
    }
  },
  "strategic-merge": { (input) throws(Refusal) in
    try patched(input) { (target, patch, tree) throws(PatchFailure) in
      try StrategicMergePatch().apply(patch, to: target, in: &tree)
    }
  },
  "kustomize-merge": { (input) throws(Refusal) in
    var tree = ValueTree()
    let target = try load(input.text("yaml"), into: &tree)
    let patch = try load(input.text("patch"), into: &tree)
    do {
      guard let merged = try KustomizeMerge().merge(patch, into: target, in: &tree) else {
        return .null
      }
      return .string(try CanonicalYAML.text(of: merged, in: tree))
    } catch let error as KustomizeMerge.Failure {
      throw Refusal(message: error.message)
    } catch {
      throw Refusal(message: "\(error)")
    }
  },
]

/// Applies `in.patch` to `in.doc`.
func patched(
  _ input: JSONValue,
  _ apply: (ValueTree.NodeID, ValueTree.NodeID, inout ValueTree) throws(PatchFailure) ->
    ValueTree.NodeID
) throws(Refusal) -> JSONValue {
  var tree = ValueTree()
  let target = tree.add(input["doc"] ?? .null)
  let patch = tree.add(input["patch"] ?? .null)
  do {
    let result = try apply(target, patch, &tree)
    return tree.json(of: result)
  } catch {
    throw Refusal(message: error.message)
  }
}

/// Parses the first document of a text into a tree.
func load(_ yaml: String, into tree: inout ValueTree) throws(Refusal) -> ValueTree.NodeID {
  let stream = try parse(yaml)
  do {
    guard let root = try tree.add(documentsOf: stream).first else {
      throw Refusal(message: "no document")
    }
    return root
  } catch let refusal as Refusal {
    throw refusal
  } catch {
    throw Refusal(message: "\(error)")
  }
}

/// Parses a stream or refuses with the first diagnostic.
func parse(_ yaml: String) throws(Refusal) -> YAMLStream {
  do {
    return try YAMLStream(parsing: SourceFile(name: "input.yaml", text: yaml))
  } catch {
    throw Refusal(message: error.diagnostics.first?.summary ?? "bad YAML")
  }
}
