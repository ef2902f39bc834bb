public import ArgumentParser
internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// `manifest-get`: the value at a path (``ManifestKit/EditPath``).
public struct ManifestGetCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "manifest-get",
    abstract: "Print what stands at a path in YAML or JSON.",
    discussion: """
      A path is keys with dots, [index] and [name=value], or a JSON pointer. Scalars are printed as \
      they read, collections as YAML. Exit status 1 when no document has the path.

      Example: manifest-get 'spec.template.spec.containers[name=app].image' web.yaml
      """,
    version: ToolVersion.current)

  @Argument(help: "The path; . is the whole document.")
  var path: String

  @Argument(help: "Files and folders; - or nothing is standard input.")
  var files: [String] = []

  @Flag(help: "Print JSON, a value a line; the same as --output json.")
  var json = false

  @Option(help: "How collections are written: yaml or json. Scalars are text in yaml.")
  var output = DocumentFormat.yaml

  @OptionGroup var objects: ObjectOptions
  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Refuses what is no path.
  public func validate() throws {
    do throws(EditPath.ParseError) {
      _ = try EditPath(parsing: path)
    } catch {
      throw ValidationError("'\(path)' is no path: \(error.message) (at byte \(error.offset))")
    }
  }

  /// Prints the value of every document that has it.
  public func run() throws {
    let path = try EditPath(parsing: path)
    var input = ManifestInput()
    var isFound = false
    input.forEachStream(files) { (input, stream) throws(DiagnosticError) in
      for document in stream.documents where objects.filter.accepts(document.root) {
        guard let node = document.root[path] else { continue }
        input.progress.clear()
        // Two collections without a marker between them would be one document.
        if isFound, node.kind != .scalar, !json, output != .json {
          StandardStreams.writeOutput("---\n")
        }
        isFound = true
        try write(node)
      }
    }
    reporting.report(input.diagnostics, files: input.files, tool: "manifest-get")
    if input.diagnostics.hasErrors { throw ExitStatus.failure.code }
    if !isFound { throw ExitStatus.negative.code }
  }

  private func write(_ node: YAMLNode) throws(DiagnosticError) {
    var tree = ValueTree()
    let value = try tree.add(node)
    if json || output == .json {
      StandardStreams.writeOutput(tree.json(of: value).text() + "\n")
    } else if node.kind == .scalar {
      StandardStreams.writeOutput(node.text + "\n")
    } else {
      do throws(CanonicalYAML.Failure) {
        StandardStreams.writeOutput(try CanonicalYAML.text(of: value, in: tree))
      } catch {
        throw DiagnosticError(Diagnostic("cannot-write", .error, error.message, span: node.span))
      }
    }
  }
}
