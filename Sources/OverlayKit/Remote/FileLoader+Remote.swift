internal import ManifestKit
internal import SourceText

extension FileLoader {
  /// What an entry names that is not on this machine; `nil` for a local path, and for anything that
  /// lies in the folder under just that name.
  func remote(_ entry: String) -> RemoteReference? {
    guard let reference = RemoteReference(entry) else { return nil }
    if case .file = reference { return reference }
    return fileSystem.kind(of: FilePath.normalize(entry, in: root)) == nil ? reference : nil
  }

  /// Where the resources of a file come from, as annotations tell it.
  func origin(of entry: String) -> ResourceOrigin {
    var origin = origin
    origin.path = remote(entry) == nil ? FilePath.join(originPath, entry) : entry
    return origin
  }

  /// What all that comes from this folder has in common.
  var origin: ResourceOrigin {
    var origin = ResourceOrigin()
    origin.repository = repository?.url ?? ""
    origin.ref = repository?.ref ?? ""
    return origin
  }

  /// The contents of a remote file.
  func read(
    _ reference: RemoteReference, named entry: String, at span: SourceSpan?
  ) throws(DiagnosticError) -> [UInt8] {
    guard case .file(let url) = reference else {
      throw .located("not-a-file", "'\(entry)' is a folder of a repository", span)
    }
    return try fetched(entry, span) { (source) throws(RemoteError) in try source.file(url) }
  }

  /// A loader for a folder of a remote repository; nothing outside the repository is read through it.
  func folder(
    _ reference: RemoteReference, named entry: String, at span: SourceSpan?
  ) throws(DiagnosticError) -> FileLoader {
    guard case .repository(let reference) = reference else {
      throw .located("not-a-folder", "'\(entry)' is a file; a folder is needed here", span)
    }
    let copy = try fetched(entry, span) { (source) throws(RemoteError) in
      try source.repository(reference)
    }
    let machine = unconfined ?? fileSystem
    let inside = ConfinedFileSystem(machine, to: [copy.folder])
    guard let folder = try? inside.resolve(FilePath.join(copy.folder, reference.path)),
      inside.kind(of: folder) == .folder
    else {
      throw .located(
        "file-not-readable", "the repository of '\(entry)' has no folder '\(reference.path)'", span)
    }
    guard !visited.contains(folder), root != folder else {
      throw .located(
        "kustomization-cycle", "'\(entry)' is the folder of a kustomization that led here", span,
        detail: "A kustomization cannot include itself.")
    }
    var loader = FileLoader(
      root: folder, visited: visited + [root], fileSystem: inside, workspace: workspace,
      isRestricted: isRestricted, environment: environment, remotes: remotes)
    loader.originPath = reference.path
    loader.charts = charts
    loader.repository = reference
    loader.unconfined = machine
    return loader
  }

  private func fetched<Result>(
    _ entry: String, _ span: SourceSpan?,
    _ fetch: (any RemoteResources) throws(RemoteError) -> Result?
  ) throws(DiagnosticError) -> Result {
    do throws(RemoteError) {
      for source in remotes {
        if let result = try fetch(source) { return result }
      }
    } catch {
      throw .located(
        "not-fetched", concealed("'\(entry)': \(error)", passwordOf: entry, span), span)
    }
    let summary = "'\(entry)' is remote, and nothing is fetched during a build"
    throw .located(
      "remote-resource", concealed(summary, passwordOf: entry, span), span,
      detail: "'overlay-vendor' keeps a copy in the project; '--allow-remote' fetches it now.")
  }

  /// A message without the password that a URL may have, which is kept from being shown in its file
  /// as well.
  private func concealed(_ text: String, passwordOf entry: String, _ span: SourceSpan?) -> String {
    guard let scheme = entry[...].firstRange(of: "://") else { return text }
    let host = entry[scheme.upperBound...].prefix { $0 != "/" }
    guard let at = host.lastIndex(of: "@"), let colon = host[..<at].firstIndex(of: ":"),
      host.index(after: colon) < at
    else { return text }
    let password = String(host[host.index(after: colon)..<at])
    if let span, let file = workspace.files[span.file] {
      let source = file.bytes[span.bytes]
      let marked = Array((":" + password + "@").utf8)
      for start in source.indices where source[start...].starts(with: marked) {
        workspace.files.hide(
          SourceSpan(file: span.file, bytes: start + 1..<start + marked.count - 1))
      }
    }
    return text.replacing(":" + password + "@", with: ":***@")
  }
}
