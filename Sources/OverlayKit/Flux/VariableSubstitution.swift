/// The `${…}` expressions that Flux replaces in built manifests (`postBuild`).
///
/// The grammar is that of the substitution library Flux uses, not a shell's: only `${` begins an
/// expression, `$$` is one `$` anywhere in the text, and there is no `-`, `+` or `?` without a
/// colon. `:+` and `:?` act as `:-` does.
///
///     let text = try VariableSubstitution("host: ${name:=web}.${zone}")
///       .expand(["zone": "example.com"])   // host: web.example.com
public struct VariableSubstitution: Sendable {
  /// Why a text could not be expanded.
  public struct Failure: Error, Hashable, Sendable {
    /// What is wrong.
    public let message: String
    /// How many bytes into the text the expression begins.
    public let offset: Int
  }

  let parts: [Part]

  /// A piece of a text.
  enum Part: Sendable {
    case text([UInt8])
    case expression(Expression)
  }

  /// One `${…}`: a variable and what is done to its value.
  struct Expression: Sendable {
    var name: String
    var function: String
    var arguments: [[Part]]
    var offset: Int
  }

  /// Reads a text. O(n); expressions may be nested 100 levels deep.
  public init(_ text: String) throws(Failure) {
    var parser = SubstitutionParser(Array(text.utf8))
    parts = try parser.parse()
  }

  /// The text with every expression replaced.
  ///
  /// - Parameters:
  ///   - variables: The values by name. A variable that is not there counts as empty.
  ///   - strict: Whether a variable that is neither there nor given a default is an error.
  public func expand(
    _ variables: [String: String], strict: Bool = false
  ) throws(Failure) -> String {
    var output: [UInt8] = []
    try Self.expand(parts, variables, strict, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// The variables that the text mentions, with the offset of each mention.
  public var mentions: [(name: String, offset: Int)] {
    var found: [(name: String, offset: Int)] = []
    func visit(_ parts: [Part]) {
      for case .expression(let expression) in parts {
        found.append((expression.name, expression.offset))
        expression.arguments.forEach(visit)
      }
    }
    visit(parts)
    return found
  }

  /// The variables that are mentioned without a default, in order.
  var requiredNames: [String] {
    var found: [String] = []
    func visit(_ parts: [Part]) {
      for case .expression(let expression) in parts {
        if !SubstitutionFunction.isDefault(expression.function) { found.append(expression.name) }
        expression.arguments.forEach(visit)
      }
    }
    visit(parts)
    return found
  }

  private static func expand(
    _ parts: [Part], _ variables: [String: String], _ strict: Bool, into output: inout [UInt8]
  ) throws(Failure) {
    for part in parts {
      switch part {
      case .text(let bytes): output += bytes
      case .expression(let expression):
        var arguments: [[UInt8]] = []
        for argument in expression.arguments {
          var value: [UInt8] = []
          try expand(argument, variables, strict, into: &value)
          arguments.append(value)
        }
        let value = variables[expression.name]
        if value == nil, strict, !SubstitutionFunction.isDefault(expression.function) {
          throw Failure(
            message: "variable not set: '\(expression.name)'", offset: expression.offset)
        }
        let result = SubstitutionFunction.apply(
          expression.function, to: Array((value ?? "").utf8), arguments)
        guard let result else {
          throw Failure(
            message: "a substring of '\(expression.name)' cannot have a negative length",
            offset: expression.offset)
        }
        output += result
      }
    }
  }
}
