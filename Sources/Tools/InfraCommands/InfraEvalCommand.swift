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
      Prints the value as JSON. In a folder with Terraform files the expression sees its variables, \
      locals, modules and resources; what only a provider would tell is unknown. Without an \
      expression, reads one a line, or on several while a bracket is open: on a terminal with \
      history and completion.

      With --jsonl, reads one {"id","expr","vars"} object a line and writes one \
      {"id","type","value","error"} object a line; a variable is {"type","value"}, \
      {"type","unknown":true} or {"type","value","sensitive":true}.

      Example: infra-eval 'cidrsubnet("10.0.0.0/16", 8, 2)'
      Example: infra-eval -chdir=infra/staging -var region=eu-west-1 local.subnets
      """,
    version: ToolVersion.current)

  @Flag(help: "Answer one JSON question a line.")
  var jsonl = false

  @Option(
    name: [.customLong("chdir"), .customLong("chdir", withSingleDash: true)],
    help: "The folder of the module, and where file functions start.")
  var folder = "."

  @OptionGroup var variables: VariableOptions

  @Argument(help: "The expressions.")
  var expressions: [String] = []

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Evaluates each expression.
  public func run() throws {
    try WorkingFolder.check(folder, tool: "infra-eval", reporting)
    let functions = FunctionTable(baseFolder: folder)
    if jsonl {
      while let line = readLine() {
        guard let question = try? JSONValue(parsing: line) else { continue }
        StandardStreams.writeOutput(Self.answer(question, functions).text() + "\n")
      }
      return
    }
    let configuration = Configuration.load(folder: folder)
    let session = ModuleSession(
      configuration, inputs: variables.inputs(for: configuration), functions: functions)
    var diagnostics = session.problems.map(\.diagnostic)
    if diagnostics.hasErrors {
      reporting.report(diagnostics, files: session.files, tool: "infra-eval")
      throw ExitStatus.failure.code
    }
    if expressions.isEmpty {
      try converse(session, functions)
      return
    }
    for expression in expressions { diagnostics += Self.show(expression, session) }
    reporting.report(diagnostics, files: session.files, tool: "infra-eval")
    if diagnostics.hasErrors { throw ExitStatus.failure.code }
  }

  /// Answers line after line; an expression goes on while a bracket or a heredoc is open. Of lines
  /// that nobody types, one that cannot be answered makes the whole fail.
  private func converse(_ session: ModuleSession, _ functions: FunctionTable) throws {
    let words = session.references + functions.names.map { $0 + "(" }
    var editor = LineEditor { start in words.filter { $0.hasPrefix(start) } }
    var entry = ExpressionEntry()
    var hasFailed = false
    func answer(_ text: String) {
      guard text.contains(where: { !$0.isWhitespace }) else { return }
      let diagnostics = Self.show(text, session)
      reporting.report(diagnostics, files: session.files, tool: "infra-eval")
      if diagnostics.hasErrors { hasFailed = true }
    }
    while let line = editor.next(prompt: entry.isOpen ? ": " : "> ") {
      if !entry.isOpen, line == "exit" || line == "quit" { break }
      if let text = entry.add(line) { answer(text) }
    }
    if let text = entry.finish() { answer(text) }
    if hasFailed, !LineEditor.isInteractive { throw ExitStatus.failure.code }
  }

  /// Prints the value of an expression; returns what is wrong with it.
  private static func show(_ expression: String, _ session: ModuleSession) -> [Diagnostic] {
    let answer = session.evaluate(expression)
    if !answer.problems.hasErrors {
      let text =
        answer.value.isSensitiveAnywhere
        ? "(sensitive value)"
        : answer.value.isKnown ? answer.value.json.text(.indented) : "(known after apply)"
      StandardStreams.writeOutput(text + "\n")
    }
    return answer.problems.map { problem in
      var diagnostic = problem.diagnostic
      diagnostic.span = nil
      return diagnostic
    }
  }

  private static func answer(_ question: JSONValue, _ functions: FunctionTable) -> JSONValue {
    let id = question["id"] ?? .null
    var session = ExpressionSession(functions: functions, name: id.stringValue ?? "expression")
    var problems: [Problem] = []
    // A plan shows values in two ways. Of an output it says whether all of it is known, and whether
    // it is sensitive at all, in one word; of an argument it says so part by part, in the shape of the
    // value. A question with unknown or sensitive variables is about parts, so its answer is an
    // argument's; any other question's answer is an output's, which cannot be sensitive and is
    // answered as an argument if it is.
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
      // Of an object without a sensitive part the shape would be an empty object.
      (
        "sensitive",
        showsShapes && (value.isSensitiveAnywhere || value.sensitiveShape.members == nil)
          ? value.sensitiveShape : value.sensitiveJSON
      ),
    ])
  }
}
