internal import ImageTags
internal import ManifestKit
internal import SourceText

/// Which resources a patch or a replacement is for. Empty parts select everything.
struct Selector: Sendable {
  var gvk = GroupVersionKind()
  var name = ""
  var namespace = ""
  var labelSelector = ""
  var annotationSelector = ""
  var span: SourceSpan?
}

extension Selector {
  /// Says that a patch changes nothing, since its target selects nothing.
  func warnOfNoEffect(in workspace: Workspace, _ patch: SourceSpan) {
    workspace.warn(
      "patch-without-effect", "the target of the patch selects no resource", span ?? patch,
      detail: "Kind, name and namespace must match as a whole; they are regular expressions.")
  }
}

/// A selector made ready: its expressions compiled.
///
/// Kinds, names and namespaces are regular expressions that must match the whole text.
struct SelectorMatcher {
  private let group: AnchoredPattern
  private let version: AnchoredPattern
  private let kind: AnchoredPattern
  private let name: AnchoredPattern
  private let namespace: AnchoredPattern
  private let labels: LabelSelector
  private let annotations: LabelSelector
  private let hasIdentity: Bool
  private let hasMetadata: Bool

  init(_ selector: Selector) throws(DiagnosticError) {
    func pattern(_ text: String) throws(DiagnosticError) -> AnchoredPattern {
      guard let pattern = AnchoredPattern(text) else {
        throw .located(
          "bad-regular-expression", "'\(text)' is no regular expression", selector.span,
          detail: "Selectors are regular expressions; escape special characters with a backslash.")
      }
      return pattern
    }
    func labels(_ text: String) throws(DiagnosticError) -> LabelSelector {
      guard let labels = LabelSelector(text) else {
        throw .located("bad-label-selector", "'\(text)' is no label selector", selector.span)
      }
      return labels
    }
    group = try pattern(selector.gvk.group)
    version = try pattern(selector.gvk.version)
    kind = try pattern(selector.gvk.kind)
    name = try pattern(selector.name)
    namespace = try pattern(selector.namespace)
    self.labels = try labels(selector.labelSelector)
    annotations = try labels(selector.annotationSelector)
    hasIdentity = [
      selector.gvk.group, selector.gvk.version, selector.gvk.kind, selector.name,
      selector.namespace,
    ].contains { !$0.isEmpty }
    hasMetadata = !(selector.labelSelector.isEmpty && selector.annotationSelector.isEmpty)
  }

  func matches(_ resource: Resource, in workspace: Workspace) -> Bool {
    let gvk = resource.gvk
    guard group.matches(gvk.group), version.matches(gvk.version), kind.matches(gvk.kind) else {
      return false
    }
    let original = resource.originalID
    let current = resource.currentID
    guard name.matches(original.name) || name.matches(current.name),
      namespace.matches(workspace.scopes.namespace(of: original))
        || namespace.matches(workspace.scopes.namespace(of: current))
    else { return false }
    return matchesMetadata(of: resource)
  }

  /// Whether a replacement is for a resource: any name it has or had fits.
  func matchesAnyID(of resource: Resource, in workspace: Workspace) -> Bool {
    resource.allIDs.contains(where: matches) && matchesMetadata(of: resource)
  }

  /// Whether a replacement spares a resource: one of its names fits, *or* its labels and
  /// annotations do.
  func rejects(_ resource: Resource, in workspace: Workspace) -> Bool {
    hasIdentity && resource.allIDs.contains(where: matches)
      || hasMetadata && matchesMetadata(of: resource)
  }

  private func matches(_ id: ResourceID) -> Bool {
    group.matches(id.kind.group) && version.matches(id.kind.version) && kind.matches(id.kind.kind)
      && name.matches(id.name) && namespace.matches(id.namespace)
  }

  private func matchesMetadata(of resource: Resource) -> Bool {
    labels.matches { resource.metadata("labels", $0) }
      && annotations.matches { resource.metadata("annotations", $0) }
  }
}

/// A regular expression that must match a whole text; the empty one matches everything.
struct AnchoredPattern {
  private enum Form {
    case anything
    case exactly(String)
    case expression(Pattern)
  }

  private let form: Form

  /// Reads an expression; `nil` if it is malformed.
  init?(_ text: String) {
    if text.isEmpty {
      form = .anything
    } else if text.utf8.allSatisfy({ !Array(".\\+*?()|[]{}^$".utf8).contains($0) }) {
      form = .exactly(text)
    } else if let expression = try? Pattern("^(?:" + text + ")$") {
      form = .expression(expression)
    } else {
      return nil
    }
  }

  func matches(_ text: String) -> Bool {
    switch form {
    case .anything: true
    case .exactly(let wanted): ExactText(text) == ExactText(wanted)
    case .expression(let expression): (try? expression.matches(text)) ?? false
    }
  }
}
