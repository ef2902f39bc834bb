internal import SourceText

extension BuildContext {
  /// What becomes of a path on a walk.
  enum Step { case keep, skip }

  /// The path of something in the folder.
  func path(_ relative: String) -> String {
    relative == "." ? folder : FilePath.join(folder, relative)
  }

  /// Whether there is a link at a path, where it leads to something or not.
  func isLink(at path: String) -> Bool {
    let name = FilePath.name(of: path)
    guard let above = try? fileSystem.resolve(FilePath.parent(of: path)) else { return false }
    guard let here = try? fileSystem.resolve(path) else {
      return ((try? fileSystem.list(above)) ?? []).contains(name)
    }
    return here != FilePath.join(above, name)
  }

  /// The paths that a pattern matches, part by part; one that is there literally is no pattern.
  func paths(matching pattern: String) throws(Failure) -> [String] {
    guard pattern != "..", !pattern.hasPrefix("../") else {
      throw Failure(description: "'\(pattern)' lies outside the build context '\(folder)'")
    }
    if fileSystem.kind(of: path(pattern)) != nil { return [pattern] }
    var found = ["."]
    for part in pattern.split(separator: "/") {
      guard let glob = try? GlobPattern(part) else {
        throw Failure(description: "'\(pattern)' is no pattern")
      }
      var next: [String] = []
      for folder in found {
        for name in (try? fileSystem.list(path(folder))) ?? [] where glob.matches(name) {
          next.append(folder == "." ? name : FilePath.join(folder, name))
        }
      }
      found = next
    }
    return found
  }

  /// The files at a path and below it. The caller says of each path, the first one included, whether
  /// it counts; what is in a skipped folder does not.
  func walk(
    _ top: String, _ step: (_ path: String, _ isFolder: Bool) throws(Failure) -> Step
  ) throws(Failure) -> [String] {
    var files: [String] = []
    var pending = [top]
    while let item = pending.popLast() {
      let isFolder =
        fileSystem.kind(of: path(item)) == .folder && (item == "." || !isLink(at: path(item)))
      if try step(item, isFolder) == .skip { continue }
      guard isFolder else {
        files.append(item)
        continue
      }
      do throws(FileError) {
        for name in try fileSystem.list(path(item)) {
          pending.append(item == "." ? name : FilePath.join(item, name))
        }
      } catch {
        throw Failure(description: error.description)
      }
    }
    return files
  }
}
