public import SourceText

/// Checks objects against the schemas of their kinds, without a cluster or a network.
///
///     let validator = ManifestValidator()
///     for document in stream.documents {
///       for verdict in validator.verdicts(of: document) { report(verdict.diagnostics) }
///     }
public struct ManifestValidator: Sendable {
  /// What is found out about one object.
  public enum Verdict: Sendable {
    /// It fits its schema.
    case valid(ResourceID, warnings: [Diagnostic])
    /// It does not.
    case invalid(ResourceID, [SchemaViolation], warnings: [Diagnostic])
    /// No schema of its kind is known.
    case unknownKind(ResourceID, Diagnostic)
    /// It does not say what it is.
    case notAnObject(Diagnostic)

    /// What to tell the user.
    public var diagnostics: [Diagnostic] {
      switch self {
      case .valid(let id, let warnings): Self.concealed(warnings, in: id)
      case .invalid(let id, let violations, let warnings):
        Self.concealed(violations.map(\.diagnostic) + warnings, in: id)
      case .unknownKind(_, let diagnostic), .notAnObject(let diagnostic): [diagnostic]
      }
    }

    /// A line of a Secret may hold a value beside what is wrong with it.
    private static func concealed(_ diagnostics: [Diagnostic], in id: ResourceID) -> [Diagnostic] {
      guard id.kind.kind == "Secret" else { return diagnostics }
      return diagnostics.map { diagnostic in
        var result = diagnostic
        result.hidesSource = true
        return result
      }
    }
  }

  /// Where types are looked up, the first table that knows a kind counts.
  public let schemas: [SchemaTable]
  /// Whether unknown fields and repeated keys are violations.
  public let isStrict: Bool
  /// Whether text matches a regular expression of Go's syntax, which the schemas of custom resources
  /// use; `nil` where the expression cannot be read. Without it patterns are not evaluated.
  ///
  /// Both come from files, so the matcher should be one that no expression can make slow.
  public var matches: (@Sendable (_ pattern: String, _ text: String) -> Bool?)?
  /// Whether to note patterns and CEL rules that are not evaluated.
  public var notesUnevaluated = false

  /// Creates a validator, by default strict and for the latest Kubernetes version.
  public init(schemas: [SchemaTable] = [.kubernetes()], isStrict: Bool = true) {
    self.schemas = schemas
    self.isStrict = isStrict
  }

  /// The verdicts on the objects of a document: none for an empty one, one for each item of a list.
  public func verdicts(of document: YAMLDocument) -> [Verdict] {
    let root = document.root.resolved
    if root.kind == .scalar, root.style == .plain, root.text.isEmpty { return [] }
    return ResourceList.expand(root).map { verdict(of: $0) }
  }

  /// The verdict on one object.
  public func verdict(of node: YAMLNode) -> Verdict {
    guard let kind = text("kind", of: node), let apiVersion = text("apiVersion", of: node),
      let id = ResourceID(of: node)
    else {
      return .notAnObject(
        Diagnostic(
          "not-an-object", .error, "the document needs 'apiVersion' and 'kind', both text",
          span: firstLine(of: node)))
    }
    guard let type = schemas.lazy.compactMap({ $0.type(of: id.kind) }).first else {
      return .unknownKind(id, unknownKind(kind, apiVersion, node))
    }
    var walk = SchemaWalk(
      isStrict: isStrict, matches: matches, notesUnevaluated: notesUnevaluated)
    walk.check(node, type, path: [])
    if id.kind == GroupVersionKind(version: "v1", kind: "Secret") {
      walk.violations = walk.violations.map { withoutValue($0, in: node) }
      walk.warnings = []
    }
    return walk.violations.isEmpty
      ? .valid(id, warnings: walk.warnings)
      : .invalid(id, walk.violations, warnings: walk.warnings)
  }

  /// A violation in a Secret's data that neither says nor points at the value.
  private func withoutValue(_ violation: SchemaViolation, in node: YAMLNode) -> SchemaViolation {
    guard let field = violation.path.tokens.first, field == "data" || field == "stringData",
      let key = node.entry(field)?.key
    else { return violation }
    return SchemaViolation(
      path: violation.path, keyword: violation.keyword, property: violation.property,
      expected: violation.expected, found: "what is there", suggestion: nil,
      start: violation.start, span: key.span)
  }

  private func text(_ key: String, of node: YAMLNode) -> String? {
    guard let value = node[key], value.kind == .scalar, !value.text.isEmpty,
      SchemaWalk.value(of: value) == .string
    else { return nil }
    return value.text
  }

  private func firstLine(of node: YAMLNode) -> SourceSpan {
    let bytes = node.storage.source.bytes
    let start = node.range.lowerBound
    let end = bytes[start..<node.range.upperBound].firstIndex(of: 0x0A) ?? node.range.upperBound
    return SourceSpan(file: node.storage.file, bytes: start..<end)
  }

  private func unknownKind(_ kind: String, _ apiVersion: String, _ node: YAMLNode) -> Diagnostic {
    let known = schemas.flatMap(\.allKinds)
    let versions = Set(known.filter { $0.kind == kind }.map(\.apiVersion)).sorted()
    let summary = "no schema is known for \(apiVersion) \(kind)"
    let wanted = GroupVersionKind(apiVersion: apiVersion, kind: kind)
    if !versions.isEmpty,
      wanted.group.isEmpty || known.contains(where: { $0.group == wanted.group })
    {
      return Diagnostic(
        "unknown-kind", .error, summary,
        detail: "\(kind) is in " + versions.joined(separator: ", ") + ".",
        span: node["apiVersion"]?.span)
    }
    let near = Spelling.nearest(
      to: kind, among: Set(known.filter { $0.apiVersion == apiVersion }.map(\.kind)).sorted())
    return Diagnostic(
      "unknown-kind", .error, summary,
      detail: near.map { "did you mean '\($0)'?" }
        ?? "Give its CustomResourceDefinition, or skip kinds without a schema.",
      span: node["kind"]?.span)
  }
}
