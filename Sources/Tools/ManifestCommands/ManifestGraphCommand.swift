public import ArgumentParser
internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// `manifest-graph`: how objects hang together (``ManifestKit/ResourceGraph``).
public struct ManifestGraphCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "manifest-graph",
    abstract: "Draw how Kubernetes objects refer to one another.",
    discussion: """
      Reads files, folders or standard input. The page needs nothing else: open it in a browser to \
      pan, zoom, filter, and see an object's YAML and findings on a click. Values of Secrets are \
      left out.

      Example: overlay-build overlays/prod | manifest-graph > prod.html
      """,
    version: ToolVersion.current)

  /// The values of `--output`.
  public enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// A page for a browser.
    case html
    /// For Graphviz.
    case dot
    /// For Markdown.
    case mermaid
    /// Nodes and edges.
    case json
  }

  @Argument(help: "Files and folders; - or nothing is standard input.")
  var files: [String] = []

  @Option(help: "How the graph is written: html, dot, mermaid or json.")
  var output = OutputFormat.html

  @Option(help: "The title of the page.")
  var title = "Kubernetes objects"

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Reads everything and writes the graph.
  public func run() throws {
    var input = ManifestInput()
    input.read(files)
    reporting.report(input.diagnostics, files: input.files, tool: "manifest-graph")
    if input.diagnostics.hasErrors { throw ExitStatus.failure.code }
    let set = ResourceSet(input.streams)
    input.progress.update("drawing \(set.objects.count) objects")
    let graph = ResourceGraph(set)
    let text =
      switch output {
      case .html: graph.html(title: title, set: set, findings: findings(input, set))
      case .dot: graph.dot()
      case .mermaid: graph.mermaid()
      case .json: graph.json().text() + "\n"
      }
    input.progress.clear()
    StandardStreams.writeOutput(text)
  }

  /// What the linter and the schemas have to say about the objects.
  private func findings(_ input: ManifestInput, _ set: ResourceSet) -> [Diagnostic] {
    let documents = input.streams.flatMap(\.documents)
    let custom = SchemaTable(customResources: documents)
    let validator = ManifestValidator(schemas: [custom, .kubernetes()])
    let violations = documents.flatMap { validator.verdicts(of: $0) }.flatMap { verdict in
      if case .invalid = verdict { verdict.diagnostics } else { [Diagnostic]() }
    }
    return violations + LintRule.findings(in: set)
  }
}
