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
  "yaml.events": { (input) throws(Refusal) in
    .array(yamlEvents(try parse(input.text("yaml"), bySpecification: true)).map { .string($0) })
  },
  "yaml.to-json": { (input) throws(Refusal) in
    let stream = try parse(input.text("yaml"), bySpecification: true)
    var tree = ValueTree()
    do throws(DiagnosticError) {
      return .array(try tree.add(documentsOf: stream).map { tree.json(of: $0, .core) })
    } catch {
      throw Refusal(message: error.diagnostics.first?.summary ?? "bad YAML")
    }
  },
  "k8s.validate": { (input) throws(Refusal) in validationAnswer(try validation(input)) },
  "k8s.validate-stream": { (input) throws(Refusal) in
    switch try validation(input) {
    case .badYAML: return .string("fail")
    case .verdicts(let verdicts, _):
      if verdicts.isEmpty { return .string("pass-empty") }
      let isFine = verdicts.allSatisfy { if case .valid = $0 { true } else { false } }
      return .string(isFine ? "pass" : "fail")
    }
  },
  "yaml.edit": { (input) throws(Refusal) in
    let source = SourceFile(name: "input.yaml", text: try input.text("yaml"))
    var plan = EditPlan()
    plan.add(
      try editOperation(input["edit"] ?? .null), document: input["edit"]?["doc"]?.intValue ?? 0)
    do throws(EditPlan.Failure) {
      return .string(String(decoding: try plan.apply(to: source), as: UTF8.self))
    } catch {
      throw Refusal(message: error.diagnostics.first?.summary ?? "cannot edit")
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
func parse(_ yaml: String, bySpecification: Bool = false) throws(Refusal) -> YAMLStream {
  do {
    return try YAMLStream(
      parsing: SourceFile(name: "input.yaml", text: yaml), isStrict: bySpecification,
      repairs: bySpecification)
  } catch {
    throw Refusal(message: error.diagnostics.first?.summary ?? "bad YAML")
  }
}

/// Reads an edit of the form {"do", "path", "value", "comments"}.
func editOperation(_ edit: JSONValue) throws(Refusal) -> EditPlan.Operation {
  let path = EditPath(
    (edit["path"]?.elements ?? []).map { step in
      step.intValue.map { .index($0) } ?? .key(step.stringValue ?? "")
    })
  let value = edit["value"] ?? .null
  switch edit["do"]?.stringValue {
  case "set": return .set(path, value)
  case "append": return .append(path, value)
  case "delete":
    return .delete(path, edit["comments"]?.stringValue == "drop" ? .drop : .keep)
  default: throw Refusal(message: "unknown edit")
  }
}
