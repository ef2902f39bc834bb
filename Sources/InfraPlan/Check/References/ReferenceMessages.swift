internal import SourceText

/// The words for references that name nothing.
enum ReferenceMessages {
  static func hint(_ name: String, _ candidates: some Sequence<String>) -> String {
    NameSuggestion.nearest(to: name, among: candidates.sorted()).map {
      " Did you mean \(Quoting.goQuoted($0))?"
    } ?? ""
  }

  static func undeclaredVariable(
    _ name: String, _ candidates: some Sequence<String>, at span: SourceSpan
  ) -> Problem {
    let suggestion = hint(name, candidates)
    let rest =
      suggestion.isEmpty
      ? " This variable can be declared with a variable \(Quoting.goQuoted(name)) {} block."
      : suggestion
    return Problem(
      .error, "Reference to undeclared input variable",
      "An input variable with the name \(Quoting.goQuoted(name)) has not been declared." + rest,
      at: span)
  }

  static func undeclaredLocal(
    _ name: String, _ candidates: some Sequence<String>, at span: SourceSpan
  ) -> Problem {
    Problem(
      .error, "Reference to undeclared local value",
      "A local value with the name \(Quoting.goQuoted(name)) has not been declared."
        + hint(name, candidates), at: span)
  }

  static func undeclaredModule(
    _ name: String, _ candidates: some Sequence<String>, module: String, at span: SourceSpan
  ) -> Problem {
    Problem(
      .error, "Reference to undeclared module",
      "No module call named \(Quoting.goQuoted(name)) is declared in \(module)."
        + hint(name, candidates), at: span)
  }

  static func undeclaredResource(
    _ address: ResourceAddress, module: String, hasData: Bool, at span: SourceSpan
  ) -> Problem {
    let noun: String
    switch address.mode {
    case .managed: noun = "A managed"
    case .data: noun = "A data"
    case .ephemeral: noun = "An ephemeral"
    }
    return Problem(
      .error, "Reference to undeclared resource",
      "\(noun) resource \(Quoting.goQuoted(address.type)) \(Quoting.goQuoted(address.name)) has not been declared in \(module)."
        + (hasData && address.mode == .managed
          ? "\n\nDid you mean the data resource data.\(address)?" : ""),
      at: span)
  }

  /// Values of `count`, `each`, `path` and `terraform`.
  static func builtIn(
    _ reference: Reference, _ context: EvaluationContext, workspace: String, root: String,
    module: String, folder: String
  ) -> Result<Value, ProblemError>? {
    func failure(_ summary: String, _ detail: String) -> Result<Value, ProblemError> {
      .failure(ProblemError(Problem(.error, summary, detail, at: reference.span)))
    }
    switch reference.subject {
    case .count("index"):
      if let index = context.countIndex { return .success(index) }
      return failure(
        "Reference to \"count\" in non-counted context",
        "The \"count\" object can only be used in \"module\", \"resource\", and \"data\" blocks, and only when the \"count\" argument is set."
      )
    case .count(let name):
      return failure(
        "Invalid \"count\" attribute",
        "The \"count\" object does not have an attribute named \(Quoting.goQuoted(name)). The only supported attribute is count.index, which is the index of each instance of a resource block that has the \"count\" argument set."
      )
    case .each(let name):
      switch name {
      case "key":
        if let key = context.eachKey { return .success(key) }
      case "value":
        if let value = context.eachValue { return .success(value) }
        if context.eachKey == nil, context.countIndex == nil || true {
          return failure(
            "each.value cannot be used in this context",
            "A reference to \"each.value\" has been used in a context in which it is unavailable, such as when the configuration no longer contains the value in its \"for_each\" expression. Remove this reference to each.value in your configuration to work around this error."
          )
        }
      default:
        return failure(
          "Invalid \"each\" attribute",
          "The \"each\" object does not have an attribute named \(Quoting.goQuoted(name)). The supported attributes are each.key and each.value, the current key and value pair of the \"for_each\" attribute set."
        )
      }
      return failure(
        "Reference to \"each\" in context without for_each",
        "The \"each\" object can be used only in \"module\" or \"resource\" blocks, and only when the \"for_each\" argument is set."
      )
    case .path(let name):
      switch name {
      case "cwd": return .success(.string(folder))
      case "module": return .success(.string(module))
      case "root": return .success(.string(root))
      default:
        let suggestion = hint(name, ["cwd", "module", "root"])
        return failure(
          "Invalid \"path\" attribute",
          "The \"path\" object does not have an attribute named \(Quoting.goQuoted(name))."
            + suggestion)
      }
    case .terraform(let name):
      switch name {
      case "workspace": return .success(.string(workspace))
      case "applying": return .success(Value.bool(false).marked(.ephemeral))
      case "env":
        return failure(
          "Invalid \"terraform\" attribute",
          "The terraform.env attribute was deprecated in v0.10 and removed in v0.12. The \"state environment\" concept was renamed to \"workspace\" in v0.12, and so the workspace name can now be accessed using the terraform.workspace attribute."
        )
      default:
        return failure(
          "Invalid \"terraform\" attribute",
          "The \"terraform\" object does not have an attribute named \(Quoting.goQuoted(name)). The only supported attributes are terraform.workspace, the name of the currently-selected workspace, and terraform.applying, a boolean which is true only during apply."
        )
      }
    default: return nil
    }
  }
}
