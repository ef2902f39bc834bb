internal import ManifestKit
public import SourceText

extension KustomizationEditor {
  /// A field that lists paths.
  public enum PathList: String, Sendable, CaseIterable {
    /// Files and folders that are built.
    case resource
    /// Folders of components.
    case component
    /// Files that configure generators.
    case generator
    /// Files that configure transformers.
    case transformer
    /// Folders of kustomizations, which `resources` lists.
    case base

    var field: String { self == .base ? "resources" : rawValue + "s" }
  }

  /// Adds the paths that fit some patterns; those that are listed already are noted.
  ///
  /// - Parameters:
  ///   - folder: The kustomization's folder.
  ///   - isVerified: Whether a pattern has to fit something; URLs of resources are not looked at.
  public mutating func add(
    _ list: PathList, _ patterns: [String], in folder: String,
    _ fileSystem: any FileSystem = LocalFileSystem(), isVerified: Bool = true
  ) throws(DiagnosticError) {
    guard !patterns.isEmpty else {
      throw .edit("missing-argument", "a path is needed")
    }
    let place = KustomizationFolder(path: folder, fileSystem: fileSystem)
    for pattern in patterns {
      for path in try paths(list, pattern, place, isVerified) { try add(list, path) }
    }
  }

  private mutating func add(_ list: PathList, _ path: String) throws(DiagnosticError) {
    let listed = elements(list.field) + (list.field == "resources" ? elements("bases") : [])
    guard !listed.contains(where: { $0.text == path }) else {
      guard list != .base else {
        throw .edit("already-there", "the base '\(path)' is listed already")
      }
      return note("already-there", "the \(list.rawValue) '\(path)' is listed already")
    }
    try append(.string(path), to: self.path(list.field))
  }

  private mutating func paths(
    _ list: PathList, _ pattern: String, _ place: KustomizationFolder, _ isVerified: Bool
  ) throws(DiagnosticError) -> [String] {
    guard isVerified, !RemoteReference.isRemote(pattern) else { return [pattern] }
    if list == .base {
      guard place.kind(of: pattern) == .folder else {
        throw .edit("no-such-folder", "there is no folder '\(pattern)'")
      }
      return [pattern]
    }
    let found = place.paths(pattern).filter { !KustomizationFile.names.contains($0) }
    if found.isEmpty, !KustomizationFile.names.contains(pattern) {
      guard list != .resource else {
        throw .edit(
          "no-such-file", "nothing fits '\(pattern)'", detail: "'--no-verify' adds it all the same."
        )
      }
      note("no-such-file", "nothing fits '\(pattern)'")
    }
    return found
  }

  /// Removes the listed paths that fit some patterns; a pattern that fits none is noted.
  public mutating func remove(
    _ list: PathList, _ patterns: [String]
  ) throws(DiagnosticError) {
    guard !patterns.isEmpty else {
      throw .edit("missing-argument", "a path is needed")
    }
    for pattern in patterns {
      let matcher = FilePattern(pattern)
      var found = false
      for field in list.field == "resources" ? ["resources", "bases"] : [list.field] {
        let isDeleted = elements(field).map { $0.text == pattern || matcher.matches($0.text) }
        guard isDeleted.contains(true) else { continue }
        found = true
        try deleteElements(of: path(field), where: isDeleted)
      }
      if !found { note("not-there", "no \(list.rawValue) fits '\(pattern)'") }
    }
  }
}
