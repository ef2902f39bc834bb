public import ArgumentParser
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `overlay-graph`: ``OverlayKit/OverlayGraph``.
public struct OverlayGraphCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "overlay-graph",
    abstract: "Show which overlay uses which base and component.",
    discussion: """
      Reads kustomization files only, and builds nothing.

      Example: overlay-graph manifests
      Example: overlay-graph --used-by manifests/bases/daemons/api manifests
      Example: overlay-graph --output mermaid manifests > overlays.mmd
      """,
    version: ToolVersion.current)

  /// The values of `--output`.
  public enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// An indented list.
    case text
    /// For Graphviz.
    case dot
    /// For Markdown.
    case mermaid
    /// Nodes and edges.
    case json
  }

  @Argument(help: "Folders to look through.", completion: .directory)
  var folders: [String] = ["."]

  @Option(help: "How the graph is written: text, dot, mermaid or json.")
  var output = OutputFormat.text

  @Option(
    help: "List the kustomizations that use this folder's, directly or through others, instead.",
    completion: .directory)
  var usedBy: String?

  @Flag(help: "List what is remote instead, with the place that names it.")
  var remotes = false

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command; the fields are set by parsing.
  public init() {}

  /// Wants one question at a time.
  public func validate() throws {
    guard usedBy == nil || !remotes else {
      throw ValidationError("--used-by and --remotes do not go together")
    }
  }

  /// Reads the kustomizations and writes the answer.
  public func run() throws {
    let graph = OverlayGraph(below: folders)
    reporting.report(graph.diagnostics, files: graph.files, tool: "overlay-graph")
    if remotes {
      for remote in graph.remotes {
        guard let file = graph.files[remote.span.file] else { continue }
        let line = LineIndex(file).lineNumber(of: remote.span.bytes.lowerBound)
        StandardStreams.writeOutput("\(file.name):\(line): \(remote.entry)\n")
      }
    } else if let usedBy {
      for user in graph.users(of: usedBy) {
        StandardStreams.writeOutput(graph.nodes[user].folder + "\n")
      }
    } else {
      switch output {
      case .text: StandardStreams.writeOutput(graph.text())
      case .dot: StandardStreams.writeOutput(graph.dot())
      case .mermaid: StandardStreams.writeOutput(graph.mermaid())
      case .json: StandardStreams.writeOutput(graph.json().text(.indented) + "\n")
      }
    }
    if !graph.diagnostics.isEmpty { throw ExitStatus.failure.code }
  }
}
