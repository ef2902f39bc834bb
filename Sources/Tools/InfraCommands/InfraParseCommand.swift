public import ArgumentParser
internal import InfraPlan
internal import SourceText
internal import ToolSupport

/// `infra-parse`: the syntax tree of a file (``InfraPlan/SyntaxTree``).
public struct InfraParseCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "infra-parse",
    abstract: "Check the syntax of Terraform files, or print their tree as JSON.",
    discussion: """
      Prints nothing for a file without syntax errors; with --json, the tree.

      Example: infra-parse --json main.tf
      """,
    version: ToolVersion.current)

  @Flag(help: "Print the tree as JSON.")
  var json = false

  // Some messages name the file. What is piped has no name of its own; under that of a module's usual
  // file the output is the same as for the file itself.
  @Option(help: "What standard input is called in messages.")
  var stdinName = "main.tf"

  @Argument(help: "The files; - is standard input.")
  var files: [String] = ["-"]

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Parses each file and reports.
  public func run() throws {
    var sources = SourceFiles()
    var diagnostics: [Diagnostic] = []
    for path in files {
      do throws(FileError) {
        let input = try InputReader().read(path)
        let file = path == "-" ? SourceFile(name: stdinName, bytes: input.bytes) : input
        let id = sources.add(file)
        let (tree, problems) = SyntaxTree.parse(file, id: id)
        let named = problems.naming(sources)
        diagnostics += named.map(\.diagnostic)
        guard json else { continue }
        let lines = LineIndex(file)
        var members = [("diagnostics", JSONValue.array(named.map { $0.json(lines: lines) }))]
        if !problems.hasErrors { members.append(("body", tree.json(lines: lines))) }
        let document = JSONValue.object(members)
        StandardStreams.writeOutput(document.text() + "\n")
      } catch {
        diagnostics.append(error.diagnostic)
      }
    }
    reporting.report(diagnostics, files: sources, tool: "infra-parse")
    if diagnostics.hasErrors { throw ExitStatus.failure.code }
  }
}
