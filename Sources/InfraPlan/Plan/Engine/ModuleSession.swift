public import SourceText

/// Evaluates expressions inside the root module of a configuration.
///
/// ```swift
/// let configuration = Configuration.load(folder: "infra/staging")
/// let session = ModuleSession(configuration)
/// let answer = session.evaluate("local.subnets")
/// ```
///
/// Variables without a value are unknown, and so is what only a provider would tell.
public final class ModuleSession {
  /// What is wrong with the configuration or with the values given; where there are errors,
  /// nothing can be evaluated.
  public let problems: [Problem]
  /// The files that problems point into.
  public let files: SourceFiles

  private let planner: Planner
  private let root: ModuleInstance

  /// Opens the root module, its variables set.
  ///
  /// - Parameters:
  ///   - configuration: What was loaded.
  ///   - inputs: The values of variables; without them, defaults.
  ///   - functions: What expressions may call; by default all functions, files read in the
  ///     configuration's own folders.
  public init(
    _ configuration: Configuration, inputs: InputValues? = nil, functions: FunctionTable? = nil
  ) {
    let module = configuration.root
    let table =
      functions ?? FunctionTable(baseFolder: module.folder, readableFolders: module.allFolders)
    planner = Planner(module)
    var values: [String: Value] = [:]
    for (name, variable) in module.variables {
      let given = inputs?.values[name]
      if given == nil, variable.defaultValue == nil { continue }
      values[name] = planner.finish(
        variable, given?.value, at: given?.span, address: "", source: given?.source)
    }
    root = ModuleInstance(
      module, address: "", inputs: values, functions: table, planner: planner)
    files = inputs?.files ?? configuration.files
    let found = configuration.problems + (inputs?.problems ?? []) + planner.problems
    problems = found.naming(files)
  }

  /// The value of an expression; its problems have no files, as the text is in none.
  public func evaluate(_ text: String) -> ExpressionSession.Answer {
    let file = SourceFile(name: "<expression>", text: text)
    let (expression, found) = SyntaxTree.parseExpression(file, id: SourceFile.ID(rawValue: 0))
    guard !found.hasErrors else {
      return ExpressionSession.Answer(
        value: .unknown(), problems: found.map { $0.naming { _ in file } })
    }
    let mark = planner.problems.count
    let value = planner.evaluate(expression, root, EvaluationContext())
    return ExpressionSession.Answer(
      value: value ?? .unknown(),
      problems: planner.problems[mark...].map { $0.naming { _ in file } })
  }

  /// The references that can stand at the beginning of an expression, sorted: for completion.
  public var references: [String] {
    let module = root.module
    var names = module.variables.keys.map { "var." + $0 }
    names += module.locals.keys.map { "local." + $0 }
    names += module.calls.keys.map { "module." + $0 }
    names += module.resources.keys.map(\.description)
    return names.sorted()
  }
}
