internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// The manifests that a command was given: read, parsed, and remembered for diagnostics.
struct ManifestInput {
  var files = SourceFiles()
  var streams: [YAMLStream] = []
  var diagnostics: [Diagnostic] = []

  /// Whether to refuse YAML that only breaks the letter of its specification.
  var isStrict = false

  /// Reads files and folders; what cannot be read becomes a diagnostic and is passed over.
  mutating func read(_ paths: [String]) {
    let fileSystem = LocalFileSystem()
    do throws(FileError) {
      for path in try ManifestFiles.find(paths.isEmpty ? ["-"] : paths, in: fileSystem) {
        readFile(path)
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
      streams.append(try YAMLStream(parsing: source, file: id, isStrict: isStrict))
    } catch {
      diagnostics += error.diagnostics
    }
  }
}
