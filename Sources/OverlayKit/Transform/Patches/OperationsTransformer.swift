internal import ManifestKit
internal import SourceText

/// A JSON patch (RFC 6902) for all resources that a target selects.
struct OperationsTransformer: Transformer {
  /// Whom a patch is for.
  enum Target {
    /// Every resource that fits.
    case all(Selector)
    /// The one resource with this identity.
    case one(ResourceID)
  }

  let target: Target
  let span: SourceSpan
  private let patch: JSONPatch

  init(
    _ text: PatchText, target: Target, _ workspace: Workspace
  ) throws(DiagnosticError) {
    self.target = target
    span = text.span
    let bytes = text.stream.source.bytes
    // Text that looks like JSON has to be JSON.
    if bytes.first == UInt8(ascii: "["), (try? JSONValue(parsing: bytes)) == nil {
      throw .located(
        "malformed-patch", "a JSON patch that starts with '[' must be JSON", text.span,
        detail: "Put names and texts in double quotes, or write a YAML list with dashes.")
    }
    var operations: [JSONPatch.Operation] = []
    for root in try workspace.tree.add(documentsOf: text.stream) {
      // Values are read as Go's YAML reads JSON: `yes` is true, and numbers are doubles.
      let json = Self.rounded(workspace.tree.json(of: root, .kubernetes))
      do throws(PatchFailure) {
        operations += try JSONPatch(workspace.tree.add(json), in: workspace.tree).operations
      } catch {
        throw .located("malformed-patch", error.message, text.span)
      }
    }
    var patch = JSONPatch(operations)
    patch.allowsNegativeIndexes = true
    patch.replacesMissingMembers = true
    self.patch = patch
  }

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    for resource in try selected(resources, workspace) {
      resource.storePreviousID()
      // The original keeps notes in the annotations, so that a patch always finds some.
      _ = workspace.tree.makePath(["metadata", "annotations"], in: resource.root)
      do throws(PatchFailure) {
        resource.root = try patch.apply(to: resource.root, in: &workspace.tree)
      } catch {
        throw .located(
          "patch-not-applicable",
          "the patch does not fit \(resource.currentID): \(error.message)"
            + (error.path.map { " at '\($0)'" } ?? ""), span)
      }
    }
  }

  private func selected(
    _ resources: [Resource], _ workspace: Workspace
  ) throws(DiagnosticError) -> [Resource] {
    switch target {
    case .all(let selector):
      let matcher = try SelectorMatcher(selector)
      let selected = resources.filter { matcher.matches($0, in: workspace) }
      if selected.isEmpty { selector.warnOfNoEffect(in: workspace, span) }
      return selected
    case .one(let id):
      let matches = resources.filter { resource in resource.allIDs.contains { $0.matches(id) } }
      guard matches.count == 1 else {
        throw .located(
          matches.isEmpty ? "patch-without-target" : "ambiguous-target",
          "\(matches.isEmpty ? "no" : "more than one") resource is \(id)", span)
      }
      return matches
    }
  }

  /// The value with whole numbers beyond 2^53 rounded to what a double holds.
  private static func rounded(_ value: JSONValue) -> JSONValue {
    switch value.kind {
    case .number(let text):
      guard let integer = Int64(text), integer.magnitude > 1 << 53 else { return value }
      return .number(Int64(exactly: Double(integer)).map(String.init) ?? text)
    case .array(let elements): return .array(elements.map(rounded))
    case .object(let members): return .object(members.map { ($0.name, rounded($0.value)) })
    default: return value
    }
  }
}
