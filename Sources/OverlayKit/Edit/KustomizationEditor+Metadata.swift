internal import ManifestKit
public import SourceText

extension KustomizationEditor {
  /// What is written on all resources.
  public enum Mark: String, Sendable {
    /// `commonLabels`.
    case label
    /// `commonAnnotations`.
    case annotation

    var field: String { self == .label ? "commonLabels" : "commonAnnotations" }
  }

  /// Sets labels or annotations, each `KEY:VALUE`, whether they are there or not.
  public mutating func set(_ mark: Mark, _ arguments: [String]) throws(DiagnosticError) {
    try add(mark, arguments, overwriting: true)
  }

  /// Adds labels or annotations, each `KEY:VALUE`.
  ///
  /// - Throws: `already-there` for a key that is there, unless it is to be overwritten.
  public mutating func add(
    _ mark: Mark, _ arguments: [String], overwriting: Bool
  ) throws(DiagnosticError) {
    for (key, value) in try pairs(mark, arguments) {
      let entries = field(mark.field)?.value.resolved
      let old = entries?[key]
      guard overwriting || old == nil else {
        throw .edit(
          "already-there", "the \(mark.rawValue) '\(key)' is there already",
          detail: "'--force' overwrites it.")
      }
      if let old, old.text == value, old.scalar == .string { continue }
      try set(path(mark.field) + [.key(key)], to: .string(value))
    }
  }

  /// Adds labels, each `KEY:VALUE`, under `labels`, which leaves selectors alone.
  public mutating func addLabels(
    withoutSelector arguments: [String], includesTemplates: Bool, overwriting: Bool
  ) throws(DiagnosticError) {
    let pairs = try pairs(.label, arguments)
    for (key, value) in pairs {
      let entries = elements("labels")
      for (index, entry) in entries.enumerated() where entry["pairs"]?[key] != nil {
        guard overwriting else {
          throw .edit(
            "already-there", "the label '\(key)' is there already",
            detail: "'--force' overwrites it.")
        }
        try set(path("labels") + [.index(index), .key("pairs"), .key(key)], to: .string(value))
      }
      if entries.contains(where: { $0["pairs"]?[key] != nil }) { continue }
      try addLabel(key, value, includesTemplates)
    }
  }

  /// Adds to the first entry with these options, or makes one.
  private mutating func addLabel(
    _ key: String, _ value: String, _ includesTemplates: Bool
  ) throws(DiagnosticError) {
    let index = kustomization.labels.firstIndex {
      !$0.includeSelectors && $0.includeTemplates == includesTemplates && $0.fields.isEmpty
    }
    if let index {
      return try set(
        path("labels") + [.index(index), .key("pairs"), .key(key)], to: .string(value))
    }
    var members: [(String, JSONValue)] = [("pairs", .object([(key, .string(value))]))]
    if includesTemplates { members.append(("includeTemplates", .bool(true))) }
    try append(.object(members), to: path("labels"))
  }

  /// Removes labels or annotations by their keys.
  ///
  /// - Throws: `not-there` for a key that is not there, unless that is to be ignored.
  public mutating func remove(
    _ mark: Mark, _ keys: [String], ignoringMissing: Bool
  ) throws(DiagnosticError) {
    for key in keys {
      guard let entries = field(mark.field)?.value.resolved, entries[key] != nil else {
        if ignoringMissing { continue }
        throw .edit("not-there", "there is no \(mark.rawValue) '\(key)'")
      }
      if entries.entries.map({ $0 }).count == 1 {
        try delete(path(mark.field))
      } else {
        try delete(path(mark.field) + [.key(key)])
      }
    }
  }

  private func pairs(
    _ mark: Mark, _ arguments: [String]
  ) throws(DiagnosticError) -> [(key: String, value: String)] {
    guard !arguments.isEmpty else {
      throw .edit("missing-argument", "a \(mark.rawValue) is needed, as KEY:VALUE")
    }
    var pairs: [(key: String, value: String)] = []
    for argument in arguments {
      guard let colon = argument.firstIndex(of: ":"), colon != argument.startIndex else {
        throw .edit("malformed-argument", "'\(argument)' is not KEY:VALUE")
      }
      var value = argument[argument.index(after: colon)...]
      for quote in ["\"", "'"]
      where value.utf8.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
        value = value.dropFirst().dropLast()
        break
      }
      pairs.append((String(argument[..<colon]), String(value)))
    }
    return pairs
  }
}
