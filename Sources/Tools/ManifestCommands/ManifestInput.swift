internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// The manifests that a command was given: read, parsed, and remembered for diagnostics.
struct ManifestInput {
  var files = SourceFiles()
  var streams: [YAMLStream] = []
  var diagnostics: [Diagnostic] = []

  /// Reads files and folders; what cannot be read becomes a diagnostic and is passed over.
  mutating func read(_ paths: [String]) {
    let fileSystem = LocalFileSystem()
    var progress = ProgressLine()
    defer { progress.clear() }
    do throws(FileError) {
      for path in try ManifestFiles.find(paths.isEmpty ? ["-"] : paths, in: fileSystem) {
        readFile(path)
        progress.update("\(files.count) files read")
      }
    } catch {
      diagnostics.append(error.diagnostic)
    }
  }

  private mutating func readFile(_ path: String) {
    let source: SourceFile
    do throws(FileError) {
      source = try InputReader().read(path)
    } catch {
      diagnostics.append(error.diagnostic)
      return
    }
    let id = files.add(source)
    do throws(DiagnosticError) {
      streams.append(try YAMLStream(parsing: source, file: id))
    } catch {
      diagnostics += error.diagnostics
    }
  }

  /// Reads files and folders a piece of whole documents at a time and hands each piece on; what cannot
  /// be read becomes a diagnostic and is passed over.
  mutating func forEachPiece(
    _ paths: [String], _ body: (inout ManifestInput, SourceFile) -> Void
  ) {
    do throws(FileError) {
      for path in try ManifestFiles.find(paths.isEmpty ? ["-"] : paths, in: LocalFileSystem()) {
        do throws(FileError) {
          try readPieces(path, body)
        } catch {
          diagnostics.append(error.diagnostic)
        }
      }
    } catch {
      diagnostics.append(error.diagnostic)
    }
  }

  private mutating func readPieces(
    _ path: String, _ body: (inout ManifestInput, SourceFile) -> Void
  ) throws(FileError) {
    let reader = path == "-" ? FileReader.standardInput : try FileReader(path)
    var pieces = DocumentPieces(of: path == "-" ? "<stdin>" : path)
    while true {
      let bytes = try reader.next(1 << 20)
      guard !bytes.isEmpty else { break }
      for piece in pieces.add(bytes) { body(&self, piece) }
    }
    if let last = pieces.finish() { body(&self, last) }
  }
}
