internal import ArgumentParser
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// What every edit has in common: which kustomization, and how to report.
struct EditOptions: ParsableArguments {
  @Option(
    name: .customLong("in"), help: "The folder of the kustomization.", completion: .directory)
  var folder = "."

  @Flag(help: "Print the changed file instead of writing it; of several files, a diff.")
  var dryRun = false

  @OptionGroup var reporting: ReportingOptions

  /// Reads the kustomization, changes it, and writes it in one step if it is not the same.
  func edit(_ change: (inout KustomizationEditor) throws(DiagnosticError) -> Void) throws {
    try edit(isChecked: false) { editor, _ throws(DiagnosticError) in
      try change(&editor)
      return []
    }
  }

  /// The same for a change that other files may be part of: all are written, or none. That the
  /// kustomization builds to something else afterwards is warned of.
  func edit(
    isChecked: Bool,
    _ change: (inout KustomizationEditor, inout SourceFiles) throws(DiagnosticError)
      -> [KustomizationEditor.ChangedFile]
  ) throws {
    var files = SourceFiles()
    do throws(DiagnosticError) {
      let path = try KustomizationEditor.path(in: folder)
      let source = try read(path)
      _ = files.add(source)
      var editor = try KustomizationEditor(source)
      let others = try change(&editor, &files)
      var notes = editor.notes
      var edits = [FileEdits.Edit(path: path, old: source.bytes, new: editor.bytes)]
      edits += others.map { FileEdits.Edit(path: $0.path, old: $0.old, new: $0.new) }
      if isChecked, editor.bytes != source.bytes { notes += differences(edits) }
      reporting.report(notes, files: files, tool: "overlay-edit")
      if !dryRun {
        try write(edits)
      } else if others.isEmpty {
        StandardStreams.writeOutput(editor.bytes)
      } else {
        StandardStreams.writeOutput(FileEdits.diff(edits))
      }
    } catch {
      reporting.report(error.diagnostics, files: files, tool: "overlay-edit")
      throw ExitStatus.failure.code
    }
  }

  /// A warning where the kustomization builds now, and not to the same manifests after some edits.
  private func differences(_ edits: [FileEdits.Edit]) -> [Diagnostic] {
    var tree = ChangedFileSystem(LocalFileSystem())
    for edit in edits { try? tree.change(edit.path, to: edit.new) }
    guard let before = try? OverlayBuilder.standard().build(folder).yaml,
      let after = try? OverlayBuilder.standard(fileSystem: tree).build(folder), after.yaml != before
    else { return [] }
    let reason = after.diagnostics.first { $0.severity == .error }?.summary
    return [
      Diagnostic(
        "changed-build", .warning,
        reason.map { "the kustomization no longer builds: \($0)" }
          ?? "the kustomization builds to other manifests now",
        detail: "Compare with 'overlay-build --revision HEAD' and 'manifest-diff'.",
        path: edits[0].path)
    ]
  }

  private func read(_ path: String) throws(DiagnosticError) -> SourceFile {
    do throws(FileError) {
      return SourceFile(name: path, bytes: try LocalFileSystem().read(path))
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }

  private func write(_ edits: [FileEdits.Edit]) throws(DiagnosticError) {
    do throws(FileError) {
      try FileEdits.write(edits)
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }
}

extension [String] {
  /// The words between commas in all arguments.
  var words: [String] { flatMap { $0.split(separator: ",").map(String.init) } }
}
