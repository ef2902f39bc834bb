/// Text with `{{…}}` actions, in the language of Go's `text/template` as image taggers use it.
///
/// Fields, variables, pipelines, `if`, `with`, comments, trim markers, Go's own functions and the text
/// functions of sprig are there. Loops, nested templates and anything that runs a program are not:
/// they are errors when the template is read.
///
/// ```swift
/// let template = try GoTemplate("{{.BRANCH | lower | trunc 20}}-{{.SHA}}", name: "tag")
/// try template.execute(["BRANCH": "Main", "SHA": "9c3a0e2"])   // "main-9c3a0e2"
/// ```
public struct GoTemplate: Sendable {
  /// What a field that does not exist is.
  public enum MissingKeys: Sendable {
    /// Nothing; printed as `<no value>`, false as a condition.
    case nothing
    /// An error.
    case error
  }

  /// Which functions there are.
  public enum Functions: Sendable {
    /// Go's own.
    case builtin
    /// Go's own and sprig's for text.
    case sprig
  }

  /// Why a template cannot be read or executed.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, with the template's name.
    public let description: String
  }

  private let name: String
  private let nodes: [TemplateNode]
  private let functions: Functions

  /// Reads a template. Texts over 64 KiB and actions nested over 50 deep are refused.
  public init(
    _ text: String, name: String = "template", functions: Functions = .sprig
  ) throws(Failure) {
    self.name = name
    self.functions = functions
    do throws(TemplateError) {
      var parser = TemplateParser(try TemplateLexer.pieces(of: text))
      self.nodes = try parser.parse()
    } catch {
      throw Failure(description: "template '\(name)': \(error.message)")
    }
  }

  /// The text for some fields.
  public func execute(
    _ fields: [String: String], missingKeys: MissingKeys = .nothing
  ) throws(Failure) -> String {
    var evaluation = TemplateEvaluation(
      fields: fields, missingKeys: missingKeys, functions: functions)
    do throws(TemplateError) {
      return try evaluation.run(nodes)
    } catch {
      throw Failure(description: "template '\(name)': \(error.message)")
    }
  }
}

/// Why a template cannot be read or executed, without its name.
struct TemplateError: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

/// What an expression of a template is worth.
indirect enum TemplateValue: Equatable {
  case nothing
  case string(String)
  case integer(Int)
  case bool(Bool)
  case list([TemplateValue])
  /// The fields given to the template.
  case fields

  /// What it prints as.
  var text: String {
    switch self {
    case .nothing: "<no value>"
    case .string(let text): text
    case .integer(let value): String(value)
    case .bool(let value): String(value)
    case .list(let values): "[" + values.map(\.text).joined(separator: " ") + "]"
    case .fields: "map[]"
    }
  }

  /// Whether it counts as true.
  var isTrue: Bool {
    switch self {
    case .nothing: false
    case .string(let text): !text.isEmpty
    case .integer(let value): value != 0
    case .bool(let value): value
    case .list(let values): !values.isEmpty
    case .fields: true
    }
  }
}

/// A part of a template.
indirect enum TemplateNode: Sendable {
  case text(String)
  case output(TemplatePipeline)
  case condition(TemplatePipeline, bindsDot: Bool, then: [TemplateNode], else: [TemplateNode])
}

/// Commands whose values feed the next, with the variable that takes the last one.
struct TemplatePipeline: Sendable {
  var variable: String?
  var commands: [[TemplateOperand]]
}

/// A word of a command.
indirect enum TemplateOperand: Sendable {
  case dot
  case fields([String])
  case variable(String, [String])
  case string(String)
  case integer(Int)
  case bool(Bool)
  case nothing
  case function(String)
  case group(TemplatePipeline, [String])
}
