public import SourceText

/// A thing to look for in a tree of overlays that no build complains about.
///
/// Each rule is one file below `Rules`, documented there; ``explanation`` is what `--explain` prints.
public struct OverlayRule: Sendable {
  /// The stable name of the rule and of its findings.
  public let id: Diagnostic.ID
  /// One line: what is found.
  public let summary: String
  /// Why it matters and what to do.
  public let explanation: String

  let check: @Sendable (OverlayCheck.Context) -> [Diagnostic]

  /// All rules, in the order of their names.
  public static let all: [OverlayRule] = [
    .deprecatedField, .duplicateResource, .unreferencedFile, .unusedComponent, .unusedGenerator,
    .withoutEffect,
  ]
}
