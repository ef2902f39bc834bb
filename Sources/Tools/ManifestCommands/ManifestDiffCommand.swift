public import ArgumentParser
internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// `manifest-diff`: two sets of objects, field by field (``ManifestKit/ManifestComparison``).
public struct ManifestDiffCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "manifest-diff",
    abstract: "Compare Kubernetes manifests object by object and field by field.",
    discussion: """
      Objects are paired by kind, namespace and name, items of lists by their merge key; order and \
      layout do not matter. Values of Secrets are not shown. Either side is a file, a folder or - for \
      standard input.

      Example: overlay-build overlays/prod | manifest-diff live.yaml - --exit-code
      """,
    version: ToolVersion.current)

  @Argument(help: "The old manifests.")
  var old: String

  @Argument(help: "The new manifests.")
  var new: String

  @Option(help: "How the result is written: text, json or markdown.")
  var output = OutputFormat.text

  @Flag(help: "Exit with status 1 if there are differences.")
  var exitCode = false

  @Flag(help: "Print a line that counts the changes; the other forms say it anyway.")
  var summary = false

  @OptionGroup var reporting: ReportingOptions

  /// The values of `--output`.
  public enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Lines for people.
    case text
    /// A JSON document.
    case json
    /// For a pull request.
    case markdown
  }

  /// Creates the command for the parser.
  public init() {}

  /// Refuses to read standard input twice.
  public func validate() throws {
    guard old != "-" || new != "-" else {
      throw ValidationError("only one side can be standard input")
    }
  }

  /// Reads both sides and prints what differs.
  public func run() throws {
    var input = ManifestInput()
    input.read([old])
    let count = input.streams.count
    input.read([new])
    guard !input.diagnostics.hasErrors else {
      reporting.report(input.diagnostics, files: input.files, tool: "manifest-diff")
      throw ExitStatus.failure.code
    }
    var tree = ValueTree()
    var sides: [[ValueTree.NodeID]] = [[], []]
    do throws(DiagnosticError) {
      for (index, stream) in input.streams.enumerated() {
        sides[index < count ? 0 : 1] += try tree.add(documentsOf: stream)
      }
    } catch {
      reporting.report(error.diagnostics, files: input.files, tool: "manifest-diff")
      throw ExitStatus.failure.code
    }
    for side in sides.indices { sides[side].removeAll { tree.isNull($0) } }
    input.progress.update("comparing \(sides[0].count) objects with \(sides[1].count)")
    let comparison = ManifestComparison(sides[0], sides[1], in: tree)
    input.progress.clear()
    write(comparison)
    if exitCode, !comparison.isEmpty { throw ExitStatus.negative.code }
  }

  private func write(_ comparison: ManifestComparison) {
    switch output {
    case .text:
      let isColored =
        reporting.color == .always || reporting.color == .auto && StandardStreams.outputWantsColor
      StandardStreams.writeOutput(comparison.text(color: isColored))
      if summary { StandardStreams.writeOutput(comparison.summary + "\n") }
    case .json: StandardStreams.writeOutput(comparison.json().text() + "\n")
    case .markdown: StandardStreams.writeOutput(comparison.markdown())
    }
  }
}
