public import ArgumentParser
internal import InfraPlan
internal import SourceText
internal import ToolSupport

/// `infra-eval`: the value of an expression (``InfraPlan/ExpressionSession``).
public struct InfraEvalCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "infra-eval",
    abstract: "Evaluate Terraform expressions.",
    discussion: """
      Prints the value as JSON. With --jsonl, reads one {"id","expr","vars"} object a line and \
      writes one {"id","type","value","error"} object a line; a variable is {"type","value"}, \
      {"type","unknown":true} or {"type","value","sensitive":true}.

      Example: infra-eval 'cidrsubnet("10.0.0.0/16", 8, 2)'
      """,
    version: ToolVersion.current)

  @Flag(help: "Answer one JSON question a line.")
  var jsonl = false

  @Option(name: .customLong("chdir"), help: "The folder that file functions start in.")
  var folder = "."

  @Argument(help: "The expressions.")
  var expressions: [String] = []

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Evaluates each expression.
  public func run() throws {
    let functions = FunctionTable(baseFolder: folder)
    if jsonl {
      while let line = readLine() {
        guard let question = try? JSONValue(parsing: line) else { continue }
        StandardStreams.writeOutput(Self.answer(question, functions).text() + "\n")
      }
      return
    }
    let session = ExpressionSession(functions: functions)
    var diagnostics: [Diagnostic] = []
    for expression in expressions {
      let answer = session.evaluate(expression)
      diagnostics += answer.problems.map { problem in
        var diagnostic = problem.diagnostic
        diagnostic.span = nil
        return diagnostic
      }
      if !answer.problems.hasErrors {
        StandardStreams.writeOutput(answer.value.json.text(.indented) + "\n")
      }
    }
    reporting.report(diagnostics, files: SourceFiles(), tool: "infra-eval")
    if diagnostics.hasErrors { throw ExitStatus.failure.code }
  }

  private static func answer(_ question: JSONValue, _ functions: FunctionTable) -> JSONValue {
    let id = question["id"] ?? .null
    var session = ExpressionSession(functions: functions, name: id.stringValue ?? "expression")
    var problems: [Problem] = []
    // Where parts may be unknown or sensitive, the answer says so part by part.
    var showsShapes = false
    for variable in question["vars"]?.members ?? [] {
      var value = Value(json: variable.value["value"] ?? .null)
      if variable.value["unknown"]?.boolValue == true {
        value = .unknown()
        showsShapes = true
      }
      if variable.value["sensitive"]?.boolValue == true {
        value = value.marked(.sensitive)
        showsShapes = true
      }
      problems += session.define(
        variable.name, type: variable.value["type"]?.stringValue ?? "any", value: value)
    }
    var value = Value.unknown()
    if !problems.hasErrors {
      let answer = session.evaluate(question["expr"]?.stringValue ?? "")
      problems = answer.problems
      value = answer.value
    }
    var error = problems.first { $0.severity == .error }.map { $0.summary + ": " + $0.detail }
    if error == nil, value.hasInfinity {
      error = "Failed to serialize output value in state: cannot serialize infinity as JSON"
    }
    guard error == nil else {
      return .object([
        ("id", id), ("type", .null), ("value", .null), ("error", .string(error ?? "")),
      ])
    }
    return .object([
      ("id", id), ("type", value.isNull ? .string("dynamic") : value.type.json),
      ("value", value.json), ("error", .null),
      (
        "unknown", showsShapes || value.isSensitiveAnywhere ? value.unknownShape : value.unknownJSON
      ),
      ("sensitive", showsShapes ? value.sensitiveShape : value.sensitiveJSON),
    ])
  }
}
