public import ArgumentParser
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `overlay-check`: ``OverlayKit/OverlayCheck``.
public struct OverlayCheckCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "overlay-check",
    abstract: "Find what is forgotten, dead or twice there in a tree of overlays.",
    discussion: """
      Builds everything below the folders that nothing else uses, and looks for files that no \
      kustomization names, generators and components that nothing uses, entries that change nothing, \
      objects that are printed twice, and deprecated fields. Exit status 1 where something was found.

      Example: overlay-check manifests
      Example: overlay-check --fix --dry-run manifests
      Example: overlay-check --explain unused-generator
      """,
    version: ToolVersion.current)

  @Argument(help: "Folders to look through.", completion: .directory)
  var folders: [String] = ["."]

  @Flag(help: "Rewrite deprecated fields, and change nothing else.")
  var fix = false

  @Flag(help: "With --fix: show the change as a diff and write nothing.")
  var dryRun = false

  @Option(help: "Explain a rule instead; 'all' lists them.")
  var explain: String?

  @OptionGroup var remote: RemoteOptions
  @OptionGroup var reporting: ReportingOptions

  /// Creates the command; the fields are set by parsing.
  public init() {}

  /// Refuses flags without effect and rules that do not exist.
  public func validate() throws {
    guard fix || !dryRun else { throw ValidationError("--dry-run goes with --fix") }
    guard let explain, explain != "all" else { return }
    let names = OverlayRule.all.map(\.id.description)
    guard names.contains(explain) else {
      let near = Spelling.nearest(to: explain, among: names).map { ", did you mean '\($0)'?" }
      throw ValidationError(
        "there is no rule '\(explain)'\(near ?? ""); --explain all lists them")
    }
  }

  /// Looks, and reports or rewrites.
  public func run() throws {
    if let explain { return printExplanation(of: explain) }
    var options = OverlayBuilder.Options()
    options.environment = ProcessEnvironment.value
    let check: OverlayCheck
    do throws(DiagnosticError) {
      options.remotes = try remote.sources()
      check = OverlayCheck(below: folders, options: options)
      if fix { return try rewrite(check) }
    } catch {
      reporting.report(error.diagnostics, files: SourceFiles(), tool: "overlay-check")
      throw ExitStatus.failure.code
    }
    reporting.report(check.findings, files: check.files, tool: "overlay-check")
    if !check.isComplete { throw ExitStatus.failure.code }
    if !check.findings.isEmpty { throw ExitStatus.negative.code }
  }

  private func printExplanation(of id: String) {
    for rule in OverlayRule.all where id == "all" || rule.id.description == id {
      StandardStreams.writeOutput("\(rule.id): \(rule.summary)\n")
      if id != "all" { StandardStreams.writeOutput("\n\(rule.explanation)\n") }
    }
  }

  private func rewrite(_ check: OverlayCheck) throws(DiagnosticError) {
    let fileSystem = LocalFileSystem()
    var edits: [FileEdits.Edit] = []
    do throws(FileError) {
      for path in check.fixable {
        let source = SourceFile(name: path, bytes: try fileSystem.read(path))
        let folder = FilePath.parent(of: path)
        do throws(DiagnosticError) {
          var editor = try KustomizationEditor(source)
          try editor.fix { fileSystem.kind(of: FilePath.join(folder, $0)) == .file }
          edits.append(FileEdits.Edit(path: path, old: source.bytes, new: editor.bytes))
        } catch {
          throw FileError(path: path, reason: .other(error.diagnostics.first?.summary ?? ""))
        }
      }
      if dryRun {
        StandardStreams.writeOutput(FileEdits.diff(edits))
      } else {
        try FileEdits.write(edits)
      }
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }
}
