internal import ArgumentParser
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// What every edit has in common: which kustomization, and how to report.
struct EditOptions: ParsableArguments {
  @Option(
    name: .customLong("in"), help: "The folder of the kustomization.", completion: .directory)
  var folder = "."

  @Flag(help: "Print the changed file instead of writing it.")
  var dryRun = false

  @OptionGroup var reporting: ReportingOptions

  /// Reads the kustomization, changes it, and writes it in one step if it is not the same.
  func edit(_ change: (inout KustomizationEditor) throws(DiagnosticError) -> Void) throws {
    var files = SourceFiles()
    do throws(DiagnosticError) {
      let path = try KustomizationEditor.path(in: folder)
      let source = try read(path)
      _ = files.add(source)
      var editor = try KustomizationEditor(source)
      try change(&editor)
      reporting.report(editor.notes, files: files, tool: "overlay-edit")
      if dryRun {
        StandardStreams.writeOutput(editor.bytes)
      } else if editor.bytes != source.bytes {
        try write(editor.bytes, path)
      }
    } catch {
      reporting.report(error.diagnostics, files: files, tool: "overlay-edit")
      throw ExitStatus.failure.code
    }
  }

  private func read(_ path: String) throws(DiagnosticError) -> SourceFile {
    do throws(FileError) {
      return SourceFile(name: path, bytes: try LocalFileSystem().read(path))
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }

  private func write(_ bytes: [UInt8], _ path: String) throws(DiagnosticError) {
    do throws(FileError) {
      try LocalFileSystem().replace(path, with: bytes)
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }
}

extension [String] {
  /// The words between commas in all arguments.
  var words: [String] { flatMap { $0.split(separator: ",").map(String.init) } }
}
