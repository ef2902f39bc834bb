internal import ManifestKit
public import SourceText

extension KustomizationEditor {
  /// A field whose value is one text.
  public enum Setting: String, Sendable, CaseIterable {
    /// Where namespaced resources go.
    case namespace
    /// What comes before all names.
    case namePrefix
    /// What comes after all names.
    case nameSuffix
  }

  /// Sets a field; an empty text removes it.
  public mutating func set(_ setting: Setting, to text: String) throws(DiagnosticError) {
    if text.isEmpty {
      try deleteField(setting.rawValue)
    } else {
      try set(path(setting.rawValue), to: .string(text))
    }
  }

  /// Sets the number of pods of a workload, as `NAME=COUNT` says.
  public mutating func setReplicas(_ argument: String) throws(DiagnosticError) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let count = Int(parts[1]), count >= 0 else {
      throw .edit(
        "malformed-argument", "'\(argument)' is not NAME=COUNT", detail: "For example web=3.")
    }
    let name = String(parts[0])
    let names = elements("replicas").map { $0["name"]?.text ?? "" }
    if let index = names.firstIndex(of: name) {
      try set(path("replicas") + [.index(index), .key("count")], to: .integer(count))
    } else {
      let entry = JSONValue.object([("name", .string(name)), ("count", .integer(count))])
      try insert(entry, named: name, into: path("replicas"), names)
    }
  }

  /// The values of `buildMetadata` that there are.
  public static let buildMetadataOptions = [
    "managedByLabel", "originAnnotations", "transformerAnnotations",
  ]

  /// Replaces `buildMetadata`.
  public mutating func setBuildMetadata(_ options: [String]) throws(DiagnosticError) {
    try checkBuildMetadata(options)
    let value = JSONValue.array(options.map { .string($0) })
    if elements("buildMetadata").map(\.text) == options { return }
    try set(path("buildMetadata"), to: value)
  }

  /// Adds to `buildMetadata`; what is there already is an error.
  public mutating func addBuildMetadata(_ options: [String]) throws(DiagnosticError) {
    try checkBuildMetadata(options)
    for option in options {
      guard !elements("buildMetadata").contains(where: { $0.text == option }) else {
        throw .edit("already-there", "'\(option)' is in 'buildMetadata' already")
      }
      try append(.string(option), to: path("buildMetadata"))
    }
  }

  /// Removes from `buildMetadata`.
  public mutating func removeBuildMetadata(_ options: [String]) throws(DiagnosticError) {
    try checkBuildMetadata(options)
    try deleteElements(
      of: path("buildMetadata"),
      where: elements("buildMetadata").map { options.contains($0.text) })
  }

  private func checkBuildMetadata(_ options: [String]) throws(DiagnosticError) {
    for option in options where !Self.buildMetadataOptions.contains(option) {
      throw .edit(
        "unknown-value", "'\(option)' is no option of 'buildMetadata'",
        detail: Spelling.nearest(to: option, among: Self.buildMetadataOptions)
          .map { "Did you mean '\($0)'?" })
    }
  }
}
