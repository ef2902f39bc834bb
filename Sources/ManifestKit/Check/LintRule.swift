public import SourceText

/// A thing to look for in a set of objects that a schema cannot express.
///
/// Each rule is one file below `Rules`, documented there; ``explanation`` is what `--explain` prints.
public struct LintRule: Sendable {
  /// The stable name of the rule and of its findings.
  public let id: Diagnostic.ID
  /// One line: what is found.
  public let summary: String
  /// Why it matters and what to do.
  public let explanation: String

  let check: @Sendable (LintContext) -> [Diagnostic]

  /// The findings in a set of objects that are meant for a Kubernetes version.
  public func findings(
    in set: ResourceSet, kubernetes version: SchemaTable.KubernetesVersion = .latest
  ) -> [Diagnostic] {
    let context = LintContext(set: set, references: set.references(), version: version)
    return Self.concealed(check(context), in: set)
  }

  /// All rules, in the order of their names.
  public static let all: [LintRule] = [
    .danglingReference, .deprecatedAPIVersion, .duplicateResource, .floatingImage,
    .replicasWithAutoscaler,
    .selectorWithoutPods, .servicePortWithoutContainer,
  ]

  /// The findings of all rules, in the order of the files.
  public static func findings(
    in set: ResourceSet, kubernetes version: SchemaTable.KubernetesVersion = .latest
  ) -> [Diagnostic] {
    let context = LintContext(set: set, references: set.references(), version: version)
    return concealed(all.flatMap { $0.check(context) }, in: set)
      .sorted { left, right in
        guard let one = left.span, let other = right.span else { return false }
        return (one.file, one.start) < (other.file, other.start)
      }
  }

  /// Findings that do not show what a Secret holds.
  private static func concealed(_ findings: [Diagnostic], in set: ResourceSet) -> [Diagnostic] {
    findings.map { finding in
      guard let span = finding.span, let owner = set.object(at: span),
        set.objects[owner].id.kind.kind == "Secret"
      else { return finding }
      var result = finding
      result.hidesSource = true
      return result
    }
  }
}

/// What the rules look at: the objects, how they refer to one another, and what they are meant for.
struct LintContext: Sendable {
  let set: ResourceSet
  let references: [ResourceReference]
  let version: SchemaTable.KubernetesVersion
}
