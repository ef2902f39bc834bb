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
    input.read(files)
    if input.diagnostics.hasErrors {
      reporting.report(input.diagnostics, files: input.files, tool: "manifest-split")
      throw ExitStatus.failure.code
    }
    guard let into else { return StandardStreams.writeOutput(ManifestSplit.joined(input.streams)) }
    do throws(FileError) {
      let fileSystem = LocalFileSystem()
      try fileSystem.createFolder(into)
      var progress = ProgressLine()
      defer { progress.clear() }
      var count = 0
      for part in ManifestSplit.parts(of: input.streams) {
        let path = FilePath.join(into, part.name)
        try fileSystem.replace(path, with: part.bytes)
        StandardStreams.writeOutput(path + "\n")
        count += 1
        progress.update("\(count) files written")
      }
    } catch {
      reporting.report([error.diagnostic], files: input.files, tool: "manifest-split")
      throw ExitStatus.failure.code
    }
  }
}
