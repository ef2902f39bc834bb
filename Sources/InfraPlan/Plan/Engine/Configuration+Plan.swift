public import SourceText

extension Configuration {
  /// The outcome of planning: the plan as far as it got, and every problem met.
  public struct PlanResult {
    /// `nil` where validation already failed.
    public var plan: Plan?
    /// Problems with their files named.
    public var problems: [Problem]
    /// The files that the problems point into.
    public var files: SourceFiles
  }

  /// Plans the creation of everything the configuration declares.
  ///
  /// Covers configurations on an empty state whose resources need no plugin. What it does not cover
  /// (a prior state, `moved`, `import`, `removed`, other providers) is refused in place.
  public func plan(
    inputs: InputValues, functions: FunctionTable? = nil,
    fileSystem: any FileSystem = LocalFileSystem()
  ) -> PlanResult {
    let table = functions ?? FunctionTable(baseFolder: root.folder, files: fileSystem)
    var found = validate(functions: table) + inputs.problems
    func result(_ plan: Plan?) -> PlanResult {
      PlanResult(plan: plan, problems: found.naming(inputs.files), files: inputs.files)
    }
    if fileSystem.kind(of: FilePath.join(root.folder, "terraform.tfstate")) == .file {
      found.append(
        Problem(
          .error, "Prior state not supported",
          "The folder has a terraform.tfstate. This version plans only configurations that have not been applied."
        ))
    }
    for item in root.allUnplanned {
      found.append(
        Problem(
          .error, "Not supported by this planner",
          "This version cannot plan \(item.what).", at: item.span))
    }
    if found.hasErrors { return result(nil) }
    let planner = Planner(root)
    var values: [String: Value] = [:]
    var missing: [Problem] = []
    for (name, variable) in root.variables.sorted(by: { $0.key < $1.key }) {
      let given = inputs.values[name]
      if given == nil, variable.defaultValue == nil {
        missing.append(
          Problem(
            .error, "No value for required variable",
            "The root module input variable \(Quoting.goQuoted(name)) is not set, and has no default value. Use a -var or -var-file command line argument to provide a value for this variable.",
            at: variable.span))
        continue
      }
      values[name] = planner.finish(
        variable, given?.value, at: given?.span, address: "", source: given?.source)
    }
    found += missing + planner.problems
    if found.hasErrors { return result(nil) }
    let checker = ModuleInstance(
      root, address: "", inputs: values, functions: table, planner: planner)
    for name in root.variables.keys.sorted() {
      if let variable = root.variables[name] {
        planner.validate(variable, checker, at: inputs.values[name]?.span)
      }
    }
    let plan = planner.run(values, table)
    found += planner.problems
    return result(plan)
  }
}

extension Module {
  /// What cannot be planned, in this module and the modules it calls.
  var allUnplanned: [(what: String, span: SourceSpan)] {
    unplanned + children.keys.sorted().flatMap { children[$0]?.allUnplanned ?? [] }
  }
}
