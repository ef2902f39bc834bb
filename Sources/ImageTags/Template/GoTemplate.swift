/// Text with `{{…}}` actions, in the language of Go's `text/template` as image taggers use it.
///
/// Fields, variables, pipelines, `if`, `with`, `range`, comments, trim markers, Go's own functions and
/// the text functions of sprig are there. Nested templates and anything that runs a program are not:
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
    try execute(.map(fields.mapValues(Value.string)), missingKeys: missingKeys)
  }

  /// The text for a value, which `.` and `$` stand for.
  ///
  /// Texts over 64 KiB and templates that take over a million steps are refused.
  public func execute(
    _ value: Value, missingKeys: MissingKeys = .nothing
  ) throws(Failure) -> String {
    var evaluation = TemplateEvaluation(
      of: value, missingKeys: missingKeys, functions: functions)
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
