internal import ImageTags
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

  /// The tags that a file lists.
  static func readTags(_ path: String) throws(DiagnosticError) -> TagListing {
    let source = try read(path)
    do throws(TagListing.ParseError) {
      return try TagListing(parsing: source.bytes)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          "bad-tag-list", .error, "line \(error.line): \(error.message)", path: source.name))
    }
  }
}

extension PolicyManifests {
  /// Reads the policies of some files and folders.
  init(reading paths: [String], files: inout SourceFiles) throws(DiagnosticError) {
    self.init()
    for path in paths {
      for name in try ManifestFiles.find(path) {
        let source = try ManifestFiles.read(name)
        try add(source, file: files.add(source))
      }
    }
  }
}
