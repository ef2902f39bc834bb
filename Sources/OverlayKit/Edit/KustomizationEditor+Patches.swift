internal import ManifestKit
public import SourceText

extension KustomizationEditor {
  /// An entry of `patches`, as an edit names it.
  public struct PatchEntry: Sendable, Hashable {
    /// The patch's file, or nothing.
    public var path = ""
    /// The patch itself, or nothing.
    public var text = ""
    /// Parts of the target, in the order they are written; empty ones are left out.
    public var target: [TargetPart: String] = [:]

    /// What a target is chosen by.
    public enum TargetPart: String, Sendable, CaseIterable {
      /// The API group.
      case group
      /// The API version.
      case version
      /// The kind.
      case kind
      /// The name.
      case name
      /// The namespace.
      case namespace
      /// Labels.
      case labelSelector
      /// Annotations.
      case annotationSelector
    }

    /// An entry that says nothing yet.
    public init() {}

    var value: JSONValue {
      var members: [(String, JSONValue)] = []
      if !path.isEmpty { members.append(("path", .string(path))) }
      if !text.isEmpty { members.append(("patch", .string(text))) }
      let parts = TargetPart.allCases.compactMap { part in
        target[part].flatMap { $0.isEmpty ? nil : (part.rawValue, JSONValue.string($0)) }
      }
      if !parts.isEmpty { members.append(("target", .object(parts))) }
      return .object(members)
    }

    func isEqual(_ node: YAMLNode) -> Bool {
      TargetPart.allCases.allSatisfy {
        (node["target"]?.resolved[$0.rawValue]?.text ?? "") == (target[$0] ?? "")
      } && (node["path"]?.text ?? "") == path && (node["patch"]?.text ?? "") == text
    }
  }

  /// Adds a patch; one that is there already is noted.
  public mutating func add(_ patch: PatchEntry) throws(DiagnosticError) {
    guard patch.path.isEmpty != patch.text.isEmpty else {
      throw .edit("conflicting-arguments", "a patch has either a path or a text")
    }
    guard !elements("patches").contains(where: patch.isEqual) else {
      return note("already-there", "the patch is there already")
    }
    try append(patch.value, to: path("patches"))
  }

  /// Removes a patch, which must be the same in all parts; one that is not there is noted.
  public mutating func remove(_ patch: PatchEntry) throws(DiagnosticError) {
    let isDeleted = elements("patches").map(patch.isEqual)
    guard let index = isDeleted.firstIndex(of: true) else {
      return note("not-there", "there is no such patch")
    }
    try deleteElements(of: path("patches"), where: isDeleted.indices.map { $0 == index })
  }
}
