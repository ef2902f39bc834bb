internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// The manifests that a command was given: read, parsed, and remembered for diagnostics.
struct ManifestInput {
  var files = SourceFiles()
  var streams: [YAMLStream] = []
  var diagnostics: [Diagnostic] = []
  /// Says how far the work has come; to be cleared before anything is printed.
  var progress = ProgressLine()

  /// The most that is kept in memory, of all files together.
  private static let maximumBytes = YAMLLimits().maximumBytes

  /// A whole file, or standard input; one that is larger than a stream may be is refused unread.
  static func file(_ path: String) throws(FileError) -> SourceFile {
    try InputReader(maximumSize: maximumBytes).read(path)
  }

  /// Reads files and folders and keeps them all; what cannot be read becomes a diagnostic and is
  /// passed over. More than a stream may have is refused.
  mutating func read(_ paths: [String]) {
    var size = streams.reduce(0) { $0 + $1.source.bytes.count }
    var isRefused = false
    forEachPiece(paths) { input, piece in
      size += piece.bytes.count
      guard !isRefused else { return }
      guard size <= Self.maximumBytes else {
        isRefused = true
        let limit = "\(Self.maximumBytes >> 20) MiB"
        input.diagnostics.append(
          Diagnostic(
            "yaml-limit", .error, "there is more than \(limit) of input, too much to keep at once",
            path: piece.name))
        return
      }
      let id = input.files.add(piece)
      do throws(DiagnosticError) {
        input.streams.append(try YAMLStream(parsing: piece, file: id))
      } catch {
        input.diagnostics += error.diagnostics
      }
      input.progress.update("\(size >> 20) MiB read")
    }
    progress.clear()
  }

  /// Reads files and folders a piece of whole documents at a time and hands each on, parsed; what
  /// cannot be read becomes a diagnostic and is passed over. Only pieces that there is something to
  /// say about are kept.
  mutating func forEachStream(
    _ paths: [String],
    _ body: (inout ManifestInput, YAMLStream) throws(DiagnosticError) -> Void
  ) {
    var size = 0
    forEachPiece(paths) { input, piece in
      let count = input.diagnostics.count
      let id = input.files.add(piece)
      do throws(DiagnosticError) {
        try body(&input, try YAMLStream(parsing: piece, file: id))
      } catch {
        input.diagnostics += error.diagnostics
      }
      if input.diagnostics.count == count { input.files.drop(id) }
      size += piece.bytes.count
      input.progress.update("\(size >> 20) MiB read")
    }
    progress.clear()
  }

  /// Reads files and folders a piece of whole documents at a time and hands each piece on; what cannot
  /// be read becomes a diagnostic and is passed over.
  mutating func forEachPiece(
    _ paths: [String], size: Int = 1 << 22, _ body: (inout ManifestInput, SourceFile) -> Void
  ) {
    do throws(FileError) {
      for path in try ManifestFiles.find(paths.isEmpty ? ["-"] : paths, in: LocalFileSystem()) {
        do throws(FileError) {
          try readPieces(path, size, body)
        } catch {
          diagnostics.append(error.diagnostic)
        }
      }
    } catch {
      diagnostics.append(error.diagnostic)
    }
  }

  private mutating func readPieces(
    _ path: String, _ size: Int, _ body: (inout ManifestInput, SourceFile) -> Void
  ) throws(FileError) {
    let reader = path == "-" ? FileReader.standardInput : try FileReader(path)
    var pieces = DocumentPieces(of: path == "-" ? "<stdin>" : path, size: size)
    while !pieces.isRefused {
      let bytes = try reader.next(1 << 20)
      guard !bytes.isEmpty else { break }
      for piece in pieces.add(bytes) { body(&self, piece) }
    }
    if !pieces.isRefused, let last = pieces.finish() { body(&self, last) }
  }
}
