public import SourceText

/// The values given to the root module's variables: from the environment, from files, by options.
public struct InputValues {
  /// One `-var` or `-var-file` option, in the order of the command line.
  public enum Option: Sendable {
    /// `-var name=value`.
    case value(String)
    /// `-var-file path`.
    case file(String)
  }

  struct Given {
    var value: Value
    var span: SourceSpan?
    /// How it was given, where no file says it.
    var source: String?
  }

  private(set) var values: [String: Given] = [:]
  private(set) var problems: [Problem] = []
  private(set) var files: SourceFiles

  /// Collects values, the weakest source first: environment, `terraform.tfvars`,
  /// `*.auto.tfvars`, then the options in order.
  public init(
    for configuration: Configuration, options: [Option] = [], environment: [String: String] = [:],
    fileSystem: any FileSystem = LocalFileSystem()
  ) {
    files = configuration.files
    let variables = configuration.root.variables
    for (name, text) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("TF_VAR_")
    {
      let variable = String(name.dropFirst(7))
      guard let declared = variables[variable] else { continue }
      set(
        variable, text: text, declared.constraint.type,
        source: "set using the TF_VAR_\(variable) environment variable")
    }
    let folder = configuration.root.folder
    let names = (try? fileSystem.list(folder)) ?? []
    for name in ["terraform.tfvars", "terraform.tfvars.json"] where names.contains(name) {
      read(FilePath.join(folder, name), variables, fileSystem, isAutomatic: true)
    }
    for name in names where name.hasSuffix(".auto.tfvars") || name.hasSuffix(".auto.tfvars.json") {
      read(FilePath.join(folder, name), variables, fileSystem, isAutomatic: true)
    }
    for option in options {
      switch option {
      case .file(let path):
        read(FilePath.join(folder, path), variables, fileSystem, isAutomatic: false)
      case .value(let text): setOption(text, variables)
      }
    }
  }

  private mutating func setOption(_ text: String, _ variables: [String: Module.Variable]) {
    guard let equals = text.firstIndex(of: "=") else {
      problems.append(
        Problem(
          .error, "Invalid -var option",
          "The given -var option \(Quoting.goQuoted(text)) is not correctly specified. Must be a variable name and value separated by an equals sign, like -var=\"key=value\"."
        ))
      return
    }
    let name = String(text[..<equals])
    guard let declared = variables[name] else {
      problems.append(
        Problem(
          .error, "Value for undeclared variable",
          "A variable named \(Quoting.goQuoted(name)) was assigned on the command line, but the root module does not declare a variable of that name. To use this value, add a \"variable\" block to the configuration."
        ))
      return
    }
    set(
      name, text: String(text[text.index(after: equals)...]), declared.constraint.type,
      source: "set using -var=\"\(name)=...\"")
  }

  /// Text is the value itself for primitive types, otherwise an expression.
  private mutating func set(_ name: String, text: String, _ type: ValueType, source: String) {
    if type.isPrimitive || type == .dynamic {
      values[name] = Given(value: .string(text), source: source)
      return
    }
    let file = SourceFile(name: "<value for var.\(name)>", text: text)
    let id = files.add(file)
    let (expression, found) = SyntaxTree.parseExpression(file, id: id)
    problems += found
    if found.hasErrors { return }
    var evaluator = Evaluator()
    values[name] = Given(value: evaluator.evaluate(expression, in: Scope()), source: source)
    problems += evaluator.problems
  }

  private mutating func read(
    _ path: String, _ variables: [String: Module.Variable], _ fileSystem: any FileSystem,
    isAutomatic: Bool
  ) {
    guard let bytes = try? fileSystem.read(path) else {
      problems.append(
        Problem(
          .error, "Failed to read variables file",
          "Given variables file \(path) does not exist."))
      return
    }
    let file = SourceFile(name: path, bytes: bytes)
    let id = files.add(file)
    let (tree, found) =
      path.hasSuffix(".json") ? JSONSyntax.parse(file, id: id) : SyntaxTree.parse(file, id: id)
    problems += found
    for block in tree.body.blocks {
      problems.append(
        Problem(
          .error, "Unexpected \(Quoting.goQuoted(block.type)) block",
          "Blocks are not allowed here.",
          at: block.typeSpan))
    }
    for attribute in tree.body.attributes {
      guard variables[attribute.name] != nil else {
        problems.append(
          Problem(
            .warning, "Value for undeclared variable",
            "The root module does not declare a variable named \(Quoting.goQuoted(attribute.name)) but a value was found in file \(Quoting.goQuoted(path)). If you meant to use this value, add a \"variable\" block to the configuration.\n\nTo silence these warnings, use TF_VAR_... environment variables to provide certain \"global\" settings to all configurations in your organization. To reduce the verbosity of these warnings, use the -compact-warnings option."
          ))
        continue
      }
      var evaluator = Evaluator()
      let expression = tree.expression(attribute.expression)
      let value = evaluator.evaluate(expression, in: Scope())
      problems += evaluator.problems
      values[attribute.name] = Given(value: value, span: expression.span)
    }
  }
}
