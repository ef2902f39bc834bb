internal import ManifestKit
internal import SourceText

extension OverlayBuilder {
  /// Builds several kustomizations on all cores.
  ///
  /// The results are those of ``build(_:)`` in the order of the folders, and share their files. A base
  /// that more than one kustomization uses is read and built once.
  public func build(_ folders: [String]) -> [BuildResult] {
    // Copies of bases do not carry all that was noted of them.
    guard folders.count > 1, !options.listsOrigins else { return folders.map { build($0) } }
    let files = FileRegistry()
    let bases = sharedBases(of: folders, files)
    return ParallelMap.map(folders) { folder in
      var result = build(folder, Workspace(files: files, bases: bases))
      result.sharesFiles = true
      return result
    }
  }

  /// Which of several folders a change affects: those whose build reads one of some files.
  ///
  /// Only kustomizations with remote resources are built. One that cannot be read counts as affected.
  ///
  /// - Parameter changes: Absolute paths.
  public func affected(_ folders: [String], by changes: Set<String>) -> [String] {
    var scan = InputScan(fileSystem: fileSystem)
    return folders.filter { folder in
      let (files, isComplete) = scan.inputs(below: folder)
      if !files.isDisjoint(with: changes) { return true }
      if isComplete { return false }
      let result = build(folder)
      return result.yaml == nil || !result.inputs.isDisjoint(with: changes)
    }
  }

  /// The bases that several kustomizations name, built; those that do not build are left out.
  private func sharedBases(
    of folders: [String], _ files: FileRegistry
  ) -> [String: BaseSnapshot] {
    var scan = InputScan(fileSystem: fileSystem)
    var users: [String: Set<String>] = [:]
    var visited: Set<String> = []
    var pending = folders.compactMap { try? fileSystem.resolve($0) }
    // A folder that is built itself counts as used.
    for root in pending { users[root, default: []].insert("") }
    while let root = pending.popLast() {
      guard visited.insert(root).inserted else { continue }
      for base in scan.inputs(of: root).bases {
        users[base, default: []].insert(root)
        pending.append(base)
      }
    }
    let shared = users.filter { $0.value.count > 1 }.map(\.key)
    var ranks: [String: Int] = [:]
    for root in shared { _ = rank(of: root, scan.known, &ranks, []) }
    var built: [String: BaseSnapshot] = [:]
    // Bases of bases come first, so that they are there when they are needed.
    for rank in Set(shared.compactMap { ranks[$0] }).sorted() {
      let roots = shared.filter { ranks[$0] == rank }.sorted()
      let done = built
      let snapshots = ParallelMap.map(roots) { root in
        snapshot(of: root, Workspace(files: files, bases: done))
      }
      for (root, snapshot) in zip(roots, snapshots) { built[root] = snapshot }
    }
    return built
  }

  /// The length of the longest way from a kustomization down its bases.
  private func rank(
    of root: String, _ known: [String: InputScan.Inputs], _ ranks: inout [String: Int],
    _ path: [String]
  ) -> Int {
    if let rank = ranks[root] { return rank }
    guard !path.contains(root), path.count < 500 else { return 0 }
    var rank = 0
    for base in known[root]?.bases ?? [] {
      rank = max(rank, 1 + self.rank(of: base, known, &ranks, path + [root]))
    }
    ranks[root] = rank
    return rank
  }

  private func snapshot(of root: String, _ workspace: Workspace) -> BaseSnapshot? {
    guard let loader = try? loader(for: root, workspace),
      let kustomization = try? KustomizationFile.load(loader, at: nil),
      kustomization.kind == .kustomization,
      let accumulator = try? BuildTarget(kustomization: kustomization, loader: loader).accumulate()
    else { return nil }
    return BaseSnapshot(accumulator, workspace)
  }
}
