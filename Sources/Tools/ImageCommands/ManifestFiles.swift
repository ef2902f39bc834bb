internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// The manifest files that a command was given.
enum ManifestFiles {
  /// A file itself, or the files of a folder and those below it in which Flux looks for markers.
  static func find(_ path: String) throws(DiagnosticError) -> [String] {
    let fileSystem = LocalFileSystem()
    guard fileSystem.kind(of: path) == .folder else { return [path] }
    do throws(FileError) {
      var found: [String] = []
      var folders = [path]
      while let folder = folders.popLast() {
        var inner: [String] = []
        for name in try fileSystem.list(folder) where name != ".git" {
          let child = folder == "." ? name : FilePath.join(folder, name)
          switch fileSystem.kind(of: child) {
          case .folder: inner.append(child)
          case .file where ImageSetters.considers(name): found.append(child)
          default: continue
          }
        }
        folders += inner.reversed()
      }
      return found
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }

  static func read(_ path: String) throws(DiagnosticError) -> SourceFile {
    do throws(FileError) {
      return try InputReader().read(path)
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }
}
