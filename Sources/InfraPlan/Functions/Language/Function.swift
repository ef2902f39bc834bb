/// A function of the language: its parameters, the type of its result, and what it computes.
struct Function: Sendable {
  struct Parameter: Sendable {
    var name: String
    var type: ValueType
    var allowsNull = false
    var allowsUnknown = false
    var allowsDynamic = false
    var allowsMarked = false

    init(
      _ name: String, _ type: ValueType = .dynamic, null: Bool = false, unknown: Bool = false,
      dynamic: Bool = false, marked: Bool = false
    ) {
      self.name = name
      self.type = type
      allowsNull = null
      allowsUnknown = unknown
      allowsDynamic = dynamic
      allowsMarked = marked
    }
  }

  typealias TypeRule = @Sendable ([Value]) throws(FunctionError) -> ValueType
  typealias Body = @Sendable ([Value], ValueType, FunctionTable) throws(FunctionError) -> Value

  var parameters: [Parameter]
  /// The parameter of all further arguments.
  var rest: Parameter?
  var resultType: TypeRule
  /// Whether an unknown result is certainly not null.
  var isNeverNull = true
  var body: Body

  init(
    _ parameters: [Parameter], rest: Parameter? = nil, returns type: ValueType,
    neverNull: Bool = true, _ body: @escaping Body
  ) {
    self.parameters = parameters
    self.rest = rest
    resultType = { _ in type }
    isNeverNull = neverNull
    self.body = body
  }

  init(
    _ parameters: [Parameter], rest: Parameter? = nil, neverNull: Bool = true,
    type: @escaping TypeRule, _ body: @escaping Body
  ) {
    self.parameters = parameters
    self.rest = rest
    resultType = type
    isNeverNull = neverNull
    self.body = body
  }

  func parameter(_ index: Int) -> Parameter? {
    index < parameters.count ? parameters[index] : rest
  }

  /// Calls the function with arguments already converted to the parameters' types.
  func call(_ arguments: [Value], _ table: FunctionTable) throws(FunctionError) -> Value {
    var plain: [Value] = []
    plain.reserveCapacity(arguments.count)
    var marks: Value.Marks = []
    var hasUnknown = false
    var hasDynamic = false
    for (index, argument) in arguments.enumerated() {
      guard let parameter = parameter(index) else { break }
      if argument.isNull, !parameter.allowsNull {
        throw FunctionError("argument must not be null", argument: index)
      }
      var value = argument
      if !parameter.allowsMarked {
        let (bare, found) = argument.unmarkedDeep
        value = bare
        marks.formUnion(found)
      }
      if value.type == .dynamic, !parameter.allowsDynamic { hasDynamic = true }
      if !value.isKnown, !parameter.allowsUnknown { hasUnknown = true }
      plain.append(value)
    }
    if hasDynamic { return Value.unknown().marked(marks) }
    let type = try resultType(plain)
    if hasUnknown {
      let unknown: Value =
        type == .dynamic || !isNeverNull ? .unknown(type) : .unknown(type, .notNull)
      return unknown.marked(marks)
    }
    let result = try body(plain, type, table)
    return (isNeverNull ? result.refinedNotNull : result).marked(marks)
  }
}

/// Why a call failed; names the argument at fault where there is one.
struct FunctionError: Error {
  var message: String
  var argument: Int?

  init(_ message: String, argument: Int? = nil) {
    self.message = message
    self.argument = argument
  }

  /// What the original says where its own function breaks down.
  static func panic(_ message: String) -> FunctionError {
    FunctionError("panic in function implementation: " + message)
  }

  /// What ends a sentence with the message: a panic is followed by a trace, of which we keep nothing.
  static func endMark(_ message: String) -> String {
    message.hasPrefix(panic("").message) ? "" : "."
  }
}
