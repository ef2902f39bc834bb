internal import SourceText

/// Evaluates single expressions, with variables given as values: what a console needs.
///
/// ```swift
/// var session = ExpressionSession(functions: FunctionTable())
/// session.define("region", type: "string", value: .string("eu-west-1"))
/// let answer = session.evaluate("upper(var.region)")
/// ```
public struct ExpressionSession {
  /// The value of an expression, or why it has none.
  public struct Answer: Sendable {
    /// The value; unknown where there are errors.
    public var value: Value
    /// What was reported, files named.
    public var problems: [Problem]
  }

  private let functions: FunctionTable
  private var variables: [String: Value] = [:]
  private let name: String
  /// The variables as they are while only their types are known.
  private var undecided: [String: Value] = [:]

  /// Creates a session whose expressions may call these functions. `name` is what messages call
  /// the text of an expression.
  public init(functions: FunctionTable, name: String = "expression") {
    self.functions = functions
    self.name = name
  }

  /// Defines `var.name`. Returns what is wrong with the type or the value.
  public mutating func define(_ variable: String, type: String, value: Value) -> [Problem] {
    let file = SourceFile(name: "vars", text: type)
    let id = SourceFile.ID(rawValue: 0)
    let (expression, problems) = SyntaxTree.parseExpression(file, id: id)
    if problems.hasErrors { return problems.map { $0.naming { _ in file } } }
    var reader = TypeConstraintReader()
    let constraint = reader.read(expression)
    if reader.problems.hasErrors { return reader.problems }
    let complete = constraint.defaults?.apply(to: value, constraint.type) ?? value
    do throws(ConversionError) {
      let final = try complete.converted(to: constraint.type)
      variables[variable] = final
      undecided[variable] = Value.unknown(constraint.type).marked(final.marks)
      return []
    } catch {
      return [
        Problem(
          .error, "Invalid value for input variable",
          "The given value is not suitable for module.\(name).var.\(variable) declared at \(name)/vars.tf:1,1-\(12 + variable.count): \(error.message)."
        )
      ]
    }
  }

  /// The value of an expression.
  ///
  /// As Terraform checks a configuration before it plans, the expression is first tried with
  /// variables of which only the types are known: what is wrong then is reported, whatever the
  /// values are.
  public func evaluate(_ text: String) -> Answer {
    let file = SourceFile(name: name + ".tf", text: "output \"o\" {\n  value = " + text + "\n}\n")
    let id = SourceFile.ID(rawValue: 0)
    let (tree, problems) = SyntaxTree.parse(file, id: id)
    guard !problems.hasErrors, let attribute = tree.body.blocks.first?.body.attributes.first else {
      return Answer(value: .unknown(), problems: problems.map { $0.naming { _ in file } })
    }
    func attempt(_ variables: [String: Value]) -> Answer {
      let module = VariablesOnly(functions, variables)
      var evaluator = Evaluator()
      let value = evaluator.evaluate(
        tree.expression(attribute.expression), module, EvaluationContext())
      return Answer(value: value, problems: evaluator.problems.map { $0.naming { _ in file } })
    }
    if !undecided.isEmpty {
      let check = attempt(undecided)
      if check.problems.hasErrors { return check }
    }
    return attempt(variables)
  }
}

/// A module that declares variables and nothing else.
private final class VariablesOnly: ReferenceResolver {
  private let variables: [String: Value]
  let functions: FunctionTable

  init(_ functions: FunctionTable, _ variables: [String: Value]) {
    self.functions = functions
    self.variables = variables
  }

  func check(_ reference: Reference, in context: EvaluationContext) -> [Problem] {
    switch reference.subject {
    case .resource(let address):
      return [
        ReferenceMessages.undeclaredResource(
          address, module: "the root module", hasData: false, at: reference.span)
      ]
    case .module(let name):
      return [
        ReferenceMessages.undeclaredModule(
          name, [], module: "the root module", at: reference.span)
      ]
    case .this:
      return [
        Problem(
          .error, "Invalid \"self\" reference",
          "The \"self\" object is not available in this context. This object can be used only in resource provisioner, connection, and postcondition blocks.",
          at: reference.span)
      ]
    default: return []
    }
  }

  func value(
    of reference: Reference, in context: EvaluationContext
  ) -> Result<Value, ProblemError> {
    switch reference.subject {
    case .variable(let name):
      if let value = variables[name] { return .success(value) }
      return .failure(
        ProblemError(
          ReferenceMessages.undeclaredVariable(name, variables.keys, at: reference.span)))
    case .local(let name):
      return .failure(
        ProblemError(ReferenceMessages.undeclaredLocal(name, [], at: reference.span)))
    default:
      return ReferenceMessages.builtIn(
        reference, context, workspace: "default", root: ".", module: ".", folder: ".")
        ?? .success(.unknown())
    }
  }
}
