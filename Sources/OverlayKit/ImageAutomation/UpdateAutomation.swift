internal import ManifestKit
public import SourceText

/// An ImageUpdateAutomation of Flux: which policies it writes where, and how it words its commits.
public struct UpdateAutomation: Sendable {
  /// `namespace:name`.
  public var id: String { namespace + ":" + name }
  /// Its name.
  public let name: String
  /// Its namespace, which is that of its policies.
  public let namespace: String
  /// The folder it updates, relative to the repository's root; `nil` for the whole repository.
  public let path: String?
  /// The template of its commit messages; `nil` for Flux's standard message.
  public let messageTemplate: String?
  /// The template's own values.
  public let messageValues: [String: String]
  /// Where the automation is defined.
  public let span: SourceSpan
  private let selector: LabelSelector?

  /// Whether the automation writes what a policy chose: they share a namespace, and its
  /// `policySelector`, where it has one, matches the policy's labels.
  public func uses(_ policy: PolicyManifests.Policy) -> Bool {
    guard policy.id.hasPrefix(namespace + ":") else { return false }
    return selector?.matches { policy.labels[$0] } ?? true
  }

  init(reading root: YAMLNode, namespace: String) throws(DiagnosticError) {
    let commit = root["spec"]?["git"]?["commit"]
    self.namespace = namespace
    name = root["metadata"]?["name"]?.text ?? ""
    path = root["spec"]?["update"]?["path"]?.text
    messageTemplate = commit?["messageTemplate"]?.text
    let values = commit?["messageTemplateValues"]?.entries.map {
      ($0.key.text, $0.value.resolved.text)
    }
    messageValues = Dictionary(values ?? []) { $1 }
    span = root.span
    selector = try root["spec"]?["policySelector"].map(Self.selector)
  }

  /// The selector of `matchLabels` and `matchExpressions`.
  private static func selector(_ node: YAMLNode) throws(DiagnosticError) -> LabelSelector {
    var terms = (node["matchLabels"]?.entries.map(\.self) ?? []).map {
      $0.key.text + "=" + $0.value.resolved.text
    }
    for expression in node["matchExpressions"]?.elements.map(\.resolved) ?? [] {
      let key = expression["key"]?.text ?? ""
      let values = (expression["values"]?.elements.map(\.resolved.text) ?? [])
        .joined(separator: ",")
      switch expression["operator"]?.text {
      case "In": terms.append("\(key) in (\(values))")
      case "NotIn": terms.append("\(key) notin (\(values))")
      case "Exists": terms.append(key)
      case "DoesNotExist": terms.append("!" + key)
      case let other:
        throw DiagnosticError(
          Diagnostic(
            "unknown-operator", .error, "there is no operator '\(other ?? "")'",
            detail: "It is one of In, NotIn, Exists and DoesNotExist.",
            span: (expression["operator"] ?? expression).span))
      }
    }
    guard let selector = LabelSelector(terms.joined(separator: ",")) else {
      throw DiagnosticError(
        Diagnostic("bad-selector", .error, "the policySelector is malformed", span: node.span))
    }
    return selector
  }
}
