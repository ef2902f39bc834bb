internal import ManifestKit
internal import SourceText

/// Operations of a JSON patch, with the places its failures point to.
struct OperationsPatch {
  let operations: [JSONOperation]
  /// The entry of the kustomization that has the patch or names its file.
  let span: SourceSpan
  /// The operations' places, where they stand in a file of their own.
  let places: [SourceSpan]

  /// A failure at the operation's place.
  func notApplicable(to resource: Resource, _ failure: JSONOperation.Failure) -> DiagnosticError {
    var diagnostic = Diagnostic(
      "patch-not-applicable",
      .error, "the patch does not fit \(resource.currentID): \(failure.message)", span: span)
    if places.indices.contains(failure.index) {
      diagnostic.span = places[failure.index]
      if places[failure.index].file != span.file {
        diagnostic.related.append(.init(span: span, message: "the patch is named here"))
      }
    }
    return DiagnosticError(diagnostic)
  }
}

/// The text of a patch, from its file or from the kustomization itself.
struct PatchText {
  enum Contents {
    /// JSON that starts with `[`: operations and nothing else.
    case json(JSONValue, source: [UInt8])
    case yaml(YAMLStream)
  }

  let contents: Contents
  let span: SourceSpan
  /// The file that is nothing but the patch.
  let file: SourceFile.ID?

  /// Reads a file.
  init(path: Kustomization.Entry, _ loader: FileLoader) throws(DiagnosticError) {
    span = path.span
    let bytes = try loader.read(path.text, at: path.span)
    let source = SourceFile(name: loader.display(path.text), bytes: bytes)
    let file = loader.workspace.files.add(source)
    self.file = file
    if let json = try Self.operations(bytes, path.span) {
      contents = .json(json, source: bytes)
    } else {
      contents = .yaml(try YAMLStream(parsing: source, file: file))
    }
  }

  /// Reads text that stands in the kustomization; its diagnostics point there.
  init(inline: Kustomization.Entry, _ loader: FileLoader) throws(DiagnosticError) {
    span = inline.span
    file = nil
    let bytes = Array(inline.text.utf8)
    if let json = try Self.operations(bytes, inline.span) {
      contents = .json(json, source: bytes)
      return
    }
    contents = .yaml(try loader.stream(inline: inline))
  }

  /// The value of text that starts with `[`, which is a list of strategic-merge patches or JSON.
  private static func operations(
    _ bytes: [UInt8], _ span: SourceSpan
  ) throws(DiagnosticError) -> JSONValue? {
    guard bytes.first == UInt8(ascii: "[") else { return nil }
    do throws(JSONValue.ParseError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw .located(
        "malformed-patch", "a JSON patch that starts with '[' must be JSON: \(error.message)", span,
        detail: "Put names and texts in double quotes, or write a YAML list with dashes.")
    }
  }
}

/// Makes transformers of patches.
struct PatchReader {
  let workspace: Workspace

  /// The strategic-merge patches of a text: every document is one; comments alone are none.
  func patches(in text: PatchText) throws(DiagnosticError) -> [Resource] {
    guard case .yaml(let stream) = text.contents else {
      throw .located(
        "malformed-patch", "a list of operations is no strategic-merge patch", text.span,
        detail: "List it under 'patches', with a 'target'.")
    }
    return try ResourceReader(workspace: workspace).resources(in: stream)
  }

  /// The transformer of an entry of `patches`. White space around a patch that stands in the
  /// kustomization is no part of it.
  func transformer(
    _ patch: Kustomization.Patch, _ loader: FileLoader
  ) throws(DiagnosticError) -> any Transformer {
    var patch = patch
    patch.inline = patch.inline?.trimmed
    if patch.inline?.text.isEmpty == true { patch.inline = nil }
    return try transformer(ofText: patch, loader)
  }

  /// The transformer of a patch's text; one that does nothing for a patch that is empty.
  private func transformer(
    ofText patch: Kustomization.Patch, _ loader: FileLoader
  ) throws(DiagnosticError) -> any Transformer {
    let text: PatchText
    switch (patch.path, patch.inline) {
    case (let path?, nil): text = try PatchText(path: path, loader)
    case (nil, let inline?): text = try PatchText(inline: inline, loader)
    case (nil, nil):
      throw .located(
        "missing-field", "a patch needs a 'path' or a 'patch'", patch.span,
        detail: "Name its file under 'path', or write it under 'patch'.")
    case (_?, let inline?):
      throw .located(
        "conflicting-fields", "a patch has either a 'path' or a 'patch'", inline.span)
    }
    if let operations = try operations(in: text) {
      guard let target = patch.target else {
        throw .located(
          "missing-field", "a JSON patch needs a 'target'", patch.span,
          detail: "Name the kind and name of the resource to patch.")
      }
      return OperationsTransformer(target: target, patch: operations)
    }
    return StrategicMergeTransformer(
      patches: try patches(in: text), target: patch.target, place: patch.span,
      allowsNameChange: patch.options["allowNameChange"] ?? false,
      allowsKindChange: patch.options["allowKindChange"] ?? false)
  }

  /// The transformer of an entry of `patchesJson6902`: a JSON patch whose target has a name.
  func jsonTransformer(
    _ patch: Kustomization.Patch, _ loader: FileLoader
  ) throws(DiagnosticError) -> any Transformer {
    if let target = patch.target, target.name.isEmpty {
      throw .located(
        "missing-field", "the 'target' of a JSON patch needs a 'name'", target.span ?? patch.span,
        detail: "An entry of 'patches' can have a target without one.")
    }
    let transformer = try transformer(ofText: patch, loader)
    guard let operations = transformer as? OperationsTransformer else {
      throw .located(
        "malformed-patch", "a JSON patch is a list of operations", transformer.span ?? patch.span,
        detail: "A strategic-merge patch belongs under 'patches'.")
    }
    guard !operations.patch.operations.isEmpty else {
      throw .located(
        "empty-patch", "the patch has no operations", operations.patch.span,
        detail: "Leave the entry out.")
    }
    return operations
  }

  /// The operations of a text whose first document is a list; `nil` where it is none.
  private func operations(in text: PatchText) throws(DiagnosticError) -> OperationsPatch? {
    let json: JSONValue
    var source: [UInt8]?
    var places: [SourceSpan] = []
    switch text.contents {
    case .json(let value, let bytes):
      json = value
      source = bytes
      if let file = text.file {
        places = (value.elements ?? []).map { SourceSpan(file: file, bytes: $0.range) }
      }
    case .yaml(let stream):
      // Further documents are not looked at.
      guard let root = stream.documents.first?.root, root.kind == .sequence else { return nil }
      places = root.elements.map { workspace.files.hosted($0.span) }
      let node = try workspace.tree.add(root, origin: workspace.files.origin(of: stream.file))
      json = try JSONOfYAML(workspace: workspace, span: text.span).value(of: node)
    }
    do throws(JSONOperation.Failure) {
      return OperationsPatch(
        operations: try JSONOperation.operations(json, source: source), span: text.span,
        places: places)
    } catch {
      throw .located(
        "malformed-patch", error.message,
        places.indices.contains(error.index) ? places[error.index] : text.span)
    }
  }
}
