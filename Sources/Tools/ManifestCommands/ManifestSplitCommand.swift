public import ArgumentParser
internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// `manifest-split`: one file for each object, and back (``ManifestKit/ManifestSplit``).
public struct ManifestSplitCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "manifest-split",
    abstract: "Split manifests into a file for each object, or join files into one stream.",
    discussion: """
      Names are stable (namespace-kind-name.yaml), documents keep their bytes and comments. Files \
      that are there already are replaced. The names written are printed, a line each.

      Example: overlay-build overlays/prod | manifest-split --into rendered
      """,
    version: ToolVersion.current)

  @Argument(help: "Files and folders; - or nothing is standard input.")
  var files: [String] = []

  @Option(help: "The folder to write to; it is made where it is missing.")
  var into: String?

  @Flag(help: "Print all documents as one stream instead.")
  var join = false

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Asks for one of the two directions.
  public func validate() throws {
    guard (into != nil) != join else { throw ValidationError("give --into FOLDER or --join") }
  }

  /// Splits or joins.
  public func run() throws {
    var input = ManifestInput()
    if let into {
      do throws(FileError) {
        try split(&input, into: into)
      } catch {
        input.diagnostics.append(error.diagnostic)
      }
    } else {
      var split = ManifestSplit()
      input.forEachStream(files) { (input, stream) throws(DiagnosticError) in
        guard !input.diagnostics.hasErrors else { return }
        input.progress.clear()
        StandardStreams.writeOutput(split.joined(stream))
      }
    }
    input.progress.clear()
    reporting.report(input.diagnostics, files: input.files, tool: "manifest-split")
    if input.diagnostics.hasErrors { throw ExitStatus.failure.code }
  }

  /// Writes the parts beside their place while reading and moves them there in the end, so that bad
  /// input changes nothing.
  private func split(_ input: inout ManifestInput, into folder: String) throws(FileError) {
    let fileSystem = LocalFileSystem()
    let isNew = fileSystem.kind(of: folder) == nil
    try fileSystem.createFolder(folder)
    let staging = try fileSystem.createTemporaryFolder(beside: FilePath.join(folder, "split"))
    defer { try? fileSystem.remove(isNew && input.diagnostics.hasErrors ? folder : staging) }
    var split = ManifestSplit()
    var names: [String] = []
    input.forEachStream(files) { (input, stream) throws(DiagnosticError) in
      guard !input.diagnostics.hasErrors else { return }
      do throws(FileError) {
        for part in split.parts(of: stream) {
          try fileSystem.create(FilePath.join(staging, part.name), with: part.bytes)
          names.append(part.name)
        }
      } catch {
        throw DiagnosticError(error.diagnostic)
      }
    }
    guard !input.diagnostics.hasErrors else { return }
    for name in names where fileSystem.kind(of: FilePath.join(folder, name)) == .folder {
      throw FileError(path: FilePath.join(folder, name), reason: .isFolder)
    }
    for name in names {
      try fileSystem.move(FilePath.join(staging, name), to: FilePath.join(folder, name))
    }
    StandardStreams.writeOutput(names.map { FilePath.join(folder, $0) + "\n" }.joined())
  }
}
