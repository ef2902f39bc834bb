internal import ManifestKit
internal import SourceText

/// Reads the files that one kustomization names.
///
/// Nothing outside the kustomization's own folder is read unless the restriction is lifted; folders
/// of other kustomizations may be anywhere, and get a loader of their own.
struct FileLoader {
  /// The kustomization's folder, absolute and resolved.
  let root: String
  /// The root relative to the folder that is built, as the entries on the way spell it.
  var originPath = ""
  /// The folders of the kustomizations that led here, outermost first.
  let visited: [String]
  let fileSystem: any FileSystem
  let workspace: Workspace
  let isRestricted: Bool
  let environment: @Sendable (String) -> String?
  /// Where remote resources come from, in the order they are asked.
  var remotes: [any RemoteResources] = []
  /// How charts are rendered; they are refused without it.
  var charts: ChartOptions?
  /// The remote repository that the root lies in.
  var repository: RepositoryReference?
  /// The whole file system, where `fileSystem` shows a remote repository only.
  var unconfined: (any FileSystem)?

  /// The value that an environment file takes for a key without one.
  func environmentValue(_ name: String) -> [UInt8] {
    Array((environment(name) ?? "").utf8)
  }

  /// The contents of a file, relative to the root.
  func read(_ path: String, at span: SourceSpan?) throws(DiagnosticError) -> [UInt8] {
    if let remote = remote(path) { return try read(remote, named: path, at: span) }
    let absolute = FilePath.normalize(path, in: root)
    let resolved = try located(path, span) { () throws(FileError) in
      try fileSystem.resolve(absolute)
    }
    if isRestricted, !FilePath.isPath(resolved, inside: root) {
      throw .located(
        "outside-root", "the file '\(path)' is outside the kustomization's folder", span,
        detail: "Move the file into the folder, or make its folder a base of its own. "
          + "'--load-restrictor LoadRestrictionsNone' allows it.")
    }
    workspace.inputs.formUnion([absolute, resolved])
    return try located(path, span) { () throws(FileError) in try fileSystem.read(resolved) }
  }

  private func located<Result>(
    _ path: String, _ span: SourceSpan?, _ body: () throws(FileError) -> Result
  ) throws(DiagnosticError) -> Result {
    do throws(FileError) {
      return try body()
    } catch {
      throw .located(
        "file-not-readable", "'\(path)': \(error.message)", span, detail: neighbour(of: path))
    }
  }

  /// A name like that of a file or folder that is not there, in the same folder.
  private func neighbour(of path: String) -> String? {
    let absolute = FilePath.normalize(path, in: root)
    let (folder, name) = (FilePath.parent(of: absolute), FilePath.name(of: absolute))
    guard fileSystem.kind(of: absolute) == nil, let names = try? fileSystem.list(folder) else {
      return nil
    }
    guard let nearest = Spelling.nearest(to: name, among: names) else { return nil }
    let clean = FilePath.clean(path)
    let start = clean.lastIndex(of: "/").map { clean[...$0] } ?? ""
    return "Did you mean '\(start)\(nearest)'?"
  }

  /// Reads a file as a stream of documents and keeps it for diagnostics.
  func stream(_ path: String, at span: SourceSpan?) throws(DiagnosticError) -> YAMLStream {
    let (source, id) = try source(path, at: span)
    return try YAMLStream(parsing: source, file: id)
  }

  /// Reads a file and keeps it for diagnostics.
  func source(
    _ path: String, at span: SourceSpan?
  ) throws(DiagnosticError) -> (SourceFile, SourceFile.ID) {
    let source = SourceFile(name: display(path), bytes: try read(path, at: span))
    return (source, workspace.files.add(source))
  }

  /// Reads text as a stream of documents.
  func stream(_ bytes: [UInt8], name: String) throws(DiagnosticError) -> YAMLStream {
    let source = SourceFile(name: name, bytes: bytes)
    let id = workspace.files.add(source)
    return try YAMLStream(parsing: source, file: id)
  }

  /// Reads text that is a scalar of a kustomization; its diagnostics point there.
  func stream(inline entry: Kustomization.Entry) throws(DiagnosticError) -> YAMLStream {
    let name = workspace.files[entry.span.file]?.name ?? ""
    let source = SourceFile(name: name, bytes: Array(entry.text.utf8))
    let id = workspace.files.add(source, host: entry.span, skipping: entry.skippedLines)
    do throws(DiagnosticError) {
      return try YAMLStream(parsing: source, file: id)
    } catch {
      throw workspace.files.hosted(error)
    }
  }

  /// A loader for the folder of another kustomization.
  func folder(_ path: String, at span: SourceSpan?) throws(DiagnosticError) -> FileLoader {
    if let remote = remote(path) { return try folder(remote, named: path, at: span) }
    let absolute = FilePath.normalize(path, in: root)
    guard let resolved = try? fileSystem.resolve(absolute),
      fileSystem.kind(of: resolved) == .folder
    else {
      throw .located(
        "file-not-readable", "'\(path)' is neither a readable file nor a folder", span,
        detail: neighbour(of: path))
    }
    guard !path.hasPrefix("/") else {
      throw .located(
        "absolute-folder", "the folder '\(path)' of a kustomization must be a relative path", span,
        detail: "Write '\(FilePath.relative(absolute, to: root))'.")
    }
    for visited in visited + [root] where FilePath.isPath(visited, inside: resolved) {
      throw .located(
        "kustomization-cycle", "'\(path)' is the folder of a kustomization that led here", span,
        detail: "A kustomization cannot include itself or a folder above it.")
    }
    return FileLoader(
      root: resolved, originPath: FilePath.join(originPath, path), visited: visited + [root],
      fileSystem: fileSystem, workspace: workspace,
      isRestricted: isRestricted, environment: environment, remotes: remotes,
      charts: charts, repository: repository, unconfined: unconfined)
  }

  /// What is at a path below the root, or what kind of thing a remote reference names.
  func kind(of path: String) -> FileKind? {
    switch remote(path) {
    case .file: .file
    case .repository: .folder
    case nil: fileSystem.kind(of: FilePath.normalize(path, in: root))
    }
  }

  /// Whether an entry that may be a path is YAML itself: several lines, or a mapping in one.
  func isInline(_ text: String) -> Bool {
    let looksLikeYAML = text.hasPrefix("{") || text.contains("\n") || text.contains(": ")
    return looksLikeYAML && kind(of: text) == nil
  }

  /// How a path is shown: relative to the folder the build was started in, where that is shorter.
  func display(_ path: String) -> String {
    if remote(path) != nil { return path }
    let absolute = FilePath.normalize(path, in: root)
    guard let here = try? fileSystem.resolve(".") else { return absolute }
    return FilePath.isPath(absolute, inside: here)
      ? FilePath.relative(absolute, to: here) : absolute
  }
}
