public import ArgumentParser
internal import ManifestKit
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `overlay-diff`: ``OverlayKit/OverlayBuilder/compare(_:_:)``.
public struct OverlayDiffCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "overlay-diff",
    abstract: "Show what differs between two overlays.",
    discussion: """
      Builds both and compares resource by resource and field by field. Resources are paired by the \
      names they have in their files; names and namespaces that an overlay adds are no difference.

      Example: overlay-diff manifests/overlays/staging manifests/overlays/prod
      """,
    version: ToolVersion.current)

  @Argument(help: "The one overlay.", completion: .directory)
  var old: String

  @Argument(help: "The other overlay.", completion: .directory)
  var new: String

  /// How the result is written.
  public enum Output: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Lines for people.
    case text
    /// A JSON document.
    case json
    /// For a pull request.
    case markdown
  }

  @Option(help: "How the result is written.")
  var output = Output.text

  @Flag(help: "Exit with status 1 where they differ.")
  var exitCode = false

  @OptionGroup var remote: RemoteOptions
  @OptionGroup var helm: HelmOptions
  @OptionGroup var reporting: ReportingOptions

  /// Creates the command; the fields are set by parsing.
  public init() {}

  /// Builds, compares and prints.
  public func run() throws {
    let builder: OverlayBuilder
    do throws(DiagnosticError) {
      builder = try OverlayBuilder.standard(remote, helm)
    } catch {
      reporting.report(error.diagnostics, files: SourceFiles(), tool: "overlay-diff")
      throw ExitStatus.failure.code
    }
    let result = builder.compare(old, new)
    reporting.report(result.diagnostics, files: result.files, tool: "overlay-diff")
    guard let comparison = result.comparison else { throw ExitStatus.failure.code }
    switch output {
    case .text:
      let isColored =
        reporting.color == .always || reporting.color == .auto && StandardStreams.outputWantsColor
      StandardStreams.writeOutput(comparison.text(color: isColored))
    case .json: StandardStreams.writeOutput(comparison.json().text(.indented) + "\n")
    case .markdown: StandardStreams.writeOutput(comparison.markdown())
    }
    if exitCode, !comparison.isEmpty { throw ExitStatus.negative.code }
  }
}
