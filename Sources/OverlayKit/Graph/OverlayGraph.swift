internal import ManifestKit
public import SourceText

/// The kustomizations below some folders, and which uses which.
///
///     let graph = OverlayGraph(below: ["manifests"])
///     for user in graph.users(of: "manifests/bases/daemons/api") { print(graph.nodes[user].folder) }
public struct OverlayGraph: Sendable {
  /// One kustomization.
  public struct Node: Sendable {
    /// Its folder, relative to the working folder where it lies below that.
    public let folder: String
    /// Its folder, absolute and resolved.
    public let path: String
    /// Whether it is a component, which is built only as a part of others.
    public let isComponent: Bool
    /// What names this folder in the file system it was found in.
    let fileName: String
  }

  /// How one kustomization uses another.
  public struct Edge: Sendable {
    /// The index of the one that uses.
    public let from: Int
    /// The index of the one that is used.
    public let to: Int
    /// `resources` or `components`.
    public let field: String
    /// The entry that says so.
    public let span: SourceSpan
  }

  /// Something remote that a kustomization names.
  public struct Remote: Sendable {
    /// The index of the kustomization.
    public let from: Int
    /// The entry as it is written.
    public let entry: String
    /// Where it stands.
    public let span: SourceSpan
  }

  /// The kustomizations, in the order of their folders; those that lie elsewhere come last.
  public private(set) var nodes: [Node] = []
  /// Which uses which, in the order of the files.
  public private(set) var edges: [Edge] = []
  /// What is remote.
  public private(set) var remotes: [Remote] = []
  /// Why a kustomization could not be read; it has no edges then.
  public private(set) var diagnostics: [Diagnostic] = []
  /// The files the spans point into.
  public private(set) var files = SourceFiles()

  private var indexes: [String: Int] = [:]
  private let fileSystem: any FileSystem

  /// Looks for kustomizations in folders and everything below them. Folders whose name begins with a
  /// dot are passed over, as are copies that `overlay-vendor` made.
  ///
  /// O(files), and each kustomization file is read once.
  public init(below folders: [String], fileSystem: any FileSystem = LocalFileSystem()) {
    self.init(below: folders, fileSystem: fileSystem, registry: FileRegistry())
  }

  /// The same with the files in a registry that others add to as well.
  init(below folders: [String], fileSystem: any FileSystem, registry: FileRegistry) {
    self.fileSystem = fileSystem
    let workspace = Workspace(files: registry)
    for folder in folders {
      do throws(FileError) {
        try find(try fileSystem.resolve(folder))
      } catch {
        diagnostics.append(FileError(path: folder, reason: error.reason).diagnostic)
      }
    }
    nodes.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for index in nodes.indices { indexes[nodes[index].path] = index }
    var index = 0
    // What lies elsewhere is found on the way.
    while index < nodes.count {
      follow(index, workspace)
      index += 1
    }
    files = registry.files
  }

  /// The kustomizations that nothing uses: what is built by itself. Components are none.
  public var roots: [Int] {
    let used = Set(edges.map(\.to))
    return nodes.indices.filter { !used.contains($0) && !nodes[$0].isComponent }
  }

  /// The roots, and all that they use, directly or through others.
  var usedByRoots: Set<Int> {
    var used: [Int: [Int]] = [:]
    for edge in edges { used[edge.from, default: []].append(edge.to) }
    var found = Set(roots)
    var pending = roots
    while let index = pending.popLast() {
      for next in used[index] ?? [] where found.insert(next).inserted { pending.append(next) }
    }
    return found
  }

  /// All kustomizations that use a folder's, directly or through others, in the order of the nodes.
  public func users(of folder: String) -> [Int] {
    guard let path = try? fileSystem.resolve(folder), let start = indexes[path] else { return [] }
    var direct: [Int: [Int]] = [:]
    for edge in edges { direct[edge.to, default: []].append(edge.from) }
    var found: Set<Int> = []
    var pending = [start]
    while let index = pending.popLast() {
      for user in direct[index] ?? [] where found.insert(user).inserted { pending.append(user) }
    }
    return found.sorted()
  }

  private mutating func find(_ root: String) throws(FileError) {
    var pending = [root]
    while let folder = pending.popLast() {
      let names = try fileSystem.list(folder)
      if names.contains(VendorLock.fileName) { continue }
      if let file = KustomizationFile.names.first(where: names.contains),
        indexes[folder] == nil
      {
        add(folder, file)
      }
      for name in names where !name.hasPrefix(".") {
        let child = FilePath.join(folder, name)
        // A link would lead to what is met elsewhere, or in circles.
        guard fileSystem.kind(of: child) == .folder, try fileSystem.resolve(child) == child else {
          continue
        }
        pending.append(child)
      }
    }
  }

  private mutating func add(_ folder: String, _ file: String) {
    indexes[folder] = nodes.count
    nodes.append(
      Node(
        folder: display(folder), path: folder, isComponent: isComponent(folder, file),
        fileName: file))
  }

  private func isComponent(_ folder: String, _ file: String) -> Bool {
    guard let bytes = try? fileSystem.read(FilePath.join(folder, file)),
      let stream = try? YAMLStream(
        parsing: SourceFile(name: file, bytes: bytes), file: SourceFile.ID(rawValue: 0))
    else { return false }
    return stream.documents.first?.root["kind"]?.text == Kustomization.Kind.component.rawValue
  }

  private func display(_ path: String) -> String {
    guard let here = try? fileSystem.resolve(".") else { return path }
    return FilePath.isPath(path, inside: here) ? FilePath.relative(path, to: here) : path
  }

  private mutating func follow(_ index: Int, _ workspace: Workspace) {
    let node = nodes[index]
    let loader = FileLoader(
      root: node.path, visited: [], fileSystem: fileSystem, workspace: workspace,
      isRestricted: true, environment: { _ in nil })
    let kustomization: Kustomization
    do throws(DiagnosticError) {
      kustomization = try KustomizationFile.load(loader, at: nil)
    } catch {
      diagnostics += error.diagnostics
      return
    }
    let lists = [("resources", kustomization.resources), ("components", kustomization.components)]
    for (field, entries) in lists {
      for entry in entries {
        if loader.remote(entry.text) != nil {
          remotes.append(Remote(from: index, entry: entry.text, span: entry.span))
          continue
        }
        guard loader.kind(of: entry.text) == .folder,
          let path = try? fileSystem.resolve(FilePath.normalize(entry.text, in: node.path))
        else { continue }
        if indexes[path] == nil {
          let file = KustomizationFile.names.first {
            fileSystem.kind(of: FilePath.join(path, $0)) == .file
          }
          guard let file else { continue }
          add(path, file)
        }
        if let used = indexes[path] {
          edges.append(Edge(from: index, to: used, field: field, span: entry.span))
        }
      }
    }
  }
}
