public import ArgumentParser
internal import InfraPlan
internal import SourceText
public import ToolSupport

/// `infra-fmt`: canonical layout of Terraform files (``InfraPlan/Formatter``).
public struct InfraFmtCommand: AcceptsSingleDash {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "infra-fmt",
    abstract: "Rewrite Terraform files in the canonical layout.",
    discussion: """
      Files end in .tf, .tfvars, .tftest.hcl or .tfmock.hcl; a folder stands for those in it. \
      Names of changed files go to standard output. With -, standard input is formatted to \
      standard output. A file with syntax errors is reported and left alone.

      Exit status: 0 formatted; 1 with --check, if a file needs it; 2 a file cannot be formatted.

      Example: infra-fmt --check --diff --recursive .
      """,
    version: ToolVersion.current)

  @Flag(
    name: [.long, .customLong("check", withSingleDash: true)],
    help: "Only say which files need formatting.")
  var check = false

  @Flag(
    name: [.long, .customLong("diff", withSingleDash: true)],
    help: "Show the changes as a unified diff.")
  var diff = false

  @Flag(
    name: [.long, .customLong("recursive", withSingleDash: true)],
    help: "Also format the folders below.")
  var recursive = false

  @Flag(inversion: .prefixedNo, help: "Write the files.")
  var write = true

  @Flag(inversion: .prefixedNo, help: "List the names of changed files.")
  var list = true

  @Argument(help: "Files and folders; - is standard input.")
  var paths: [String] = ["."]

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Formats, lists and reports.
  public func run() throws {
    var run = FormatRun(check: check, diff: diff, list: list, write: write && !check)
    if paths == ["-"] {
      run.formatStandardInput()
    } else {
      for path in paths { run.visit(path, recursive: recursive) }
      run.formatFound()
    }
    reporting.report(run.diagnostics, files: run.files, tool: "infra-fmt")
    if run.diagnostics.hasErrors { throw ExitStatus.failure.code }
    if check, run.changed > 0 { throw ExitStatus.negative.code }
  }
}

/// The state of one run over several files.
private struct FormatRun {
  let check: Bool
  let diff: Bool
  let list: Bool
  let write: Bool
  var files = SourceFiles()
  var diagnostics: [Diagnostic] = []
  var changed = 0
  /// The files that were found and are still to be formatted, in order.
  private var found: [String] = []
  let fileSystem = LocalFileSystem()

  static let extensions = [".tf", ".tfvars", ".tftest.hcl", ".tfmock.hcl"]

  init(check: Bool, diff: Bool, list: Bool, write: Bool) {
    self.check = check
    self.diff = diff
    self.list = list
    self.write = write
  }

  mutating func formatStandardInput() {
    do throws(FileError) {
      let file = try InputReader().read("-")
      guard let result = formatted(file) else { return }
      if result != file.bytes { changed += 1 }
      if diff {
        StandardStreams.writeOutput(
          UnifiedDiff.text(old: file.bytes, new: result, path: file.name, folders: ("old", "new")))
      } else if !check {
        StandardStreams.writeOutput(result)
      }
    } catch {
      diagnostics.append(error.diagnostic)
    }
  }

  mutating func visit(_ path: String, recursive: Bool) {
    switch fileSystem.kind(of: path) {
    case .folder: visitFolder(path, recursive: recursive)
    case .file:
      if Self.extensions.contains(where: path.hasSuffix) {
        found.append(path)
      } else {
        diagnostics.append(
          Diagnostic(
            "not-a-terraform-file", .error,
            "only .tf, .tfvars, .tftest.hcl and .tfmock.hcl files can be formatted", path: path))
      }
    default: diagnostics.append(FileError(path: path, reason: .notFound).diagnostic)
    }
  }

  private mutating func visitFolder(_ path: String, recursive: Bool) {
    do throws(FileError) {
      for name in try fileSystem.list(path) {
        // Hidden files and editors' backups are nobody's configuration.
        let isBackup = name.hasSuffix("~") || name.hasPrefix("#") && name.hasSuffix("#")
        guard !name.hasPrefix("."), !isBackup else { continue }
        let inner = FilePath.join(path, name)
        if fileSystem.kind(of: inner) == .folder {
          if recursive, !isLink(name, in: path) { visitFolder(inner, recursive: true) }
        } else if Self.extensions.contains(where: name.hasSuffix) {
          found.append(inner)
        }
      }
    } catch {
      diagnostics.append(error.diagnostic)
    }
  }

  /// Whether a folder is elsewhere: it may hold the one that links to it.
  private func isLink(_ name: String, in folder: String) -> Bool {
    guard let home = try? fileSystem.resolve(folder),
      let real = try? fileSystem.resolve(FilePath.join(folder, name))
    else { return true }
    return real != FilePath.join(home, name)
  }

  /// One file as it is and as it should be.
  private struct Outcome: Sendable {
    var file: SourceFile
    var result: [UInt8]?
    var diagnostics: [Diagnostic] = []
  }

  /// Formats what was found on all cores, some files at a time, and reports in order.
  mutating func formatFound() {
    for start in stride(from: 0, to: found.count, by: 256) {
      let batch = found[start..<min(start + 256, found.count)]
      let first = files.count
      let numbered = batch.enumerated().map { offset, path in
        (path, SourceFile.ID(rawValue: UInt32(first + offset)))
      }
      for outcome in ParallelMap.map(numbered, { Self.outcome($0.0, $0.1) }) { take(outcome) }
    }
    found = []
  }

  private static func outcome(_ path: String, _ id: SourceFile.ID) -> Outcome {
    let file: SourceFile
    do throws(FileError) {
      file = SourceFile(name: path, bytes: try LocalFileSystem().read(path))
    } catch {
      return Outcome(
        file: SourceFile(name: path, bytes: []), diagnostics: [error.diagnostic])
    }
    switch Formatter.format(file, id: id) {
    case .success(let bytes): return Outcome(file: file, result: bytes)
    case .failure(let error): return Outcome(file: file, diagnostics: error.diagnostics)
    }
  }

  private mutating func take(_ outcome: Outcome) {
    _ = files.add(outcome.file)
    diagnostics += outcome.diagnostics
    guard let result = outcome.result, result != outcome.file.bytes else { return }
    let path = outcome.file.name
    changed += 1
    if list { StandardStreams.writeOutput(path + "\n") }
    do throws(FileError) {
      if write { try fileSystem.replace(path, with: result) }
    } catch {
      diagnostics.append(error.diagnostic)
      return
    }
    if diff {
      StandardStreams.writeOutput(
        UnifiedDiff.text(old: outcome.file.bytes, new: result, path: path, folders: ("old", "new")))
    }
  }

  private mutating func formatted(_ file: SourceFile) -> [UInt8]? {
    switch Formatter.format(file, id: files.add(file)) {
    case .success(let bytes): return bytes
    case .failure(let error):
      diagnostics += error.diagnostics
      return nil
    }
  }
}
