public import SourceText

/// One thing wrong with a configuration, in the words and with the ranges that Terraform users know.
public struct Problem: Sendable {
  /// How serious it is.
  public var severity: Diagnostic.Severity
  /// What is wrong, as a stable noun phrase.
  public var summary: String
  /// What to do about it; may be empty.
  public var detail: String
  /// The bytes at fault.
  public var subject: SourceSpan?
  /// A larger range that helps to understand the subject.
  public var context: SourceSpan?
  /// The address of the object concerned, such as `terraform_data.web`.
  public var address: String?
  /// The values that the expression at fault refers to, each with what it is: `var.x`, `is null`.
  public var values: [ObservedValue]
  /// The function whose call failed.
  public var functionCall: String?
  /// Whether it concerns something without a name, for which the original reports a place in no file.
  var isOutsideFiles = false

  /// A value that took part in a failed evaluation.
  public struct ObservedValue: Hashable, Sendable {
    /// The reference as it is written.
    public var traversal: String
    /// What the value is, as the end of a sentence.
    public var statement: String
  }

  /// Creates a problem.
  public init(
    _ severity: Diagnostic.Severity = .error, _ summary: String, _ detail: String = "",
    at subject: SourceSpan? = nil, in context: SourceSpan? = nil, address: String? = nil
  ) {
    self.severity = severity
    self.summary = summary
    self.detail = detail
    self.subject = subject
    self.context = context
    self.address = address
    self.values = []
  }

  /// The problem as the suite's common diagnostic; the identifier is the summary in kebab-case.
  public var diagnostic: Diagnostic {
    var text = detail
    for value in values {
      text += (text.isEmpty ? "" : "\n") + value.traversal + " " + value.statement
    }
    return Diagnostic(
      Diagnostic.ID(Self.identifier(summary)), severity, summary,
      detail: text.isEmpty ? nil : text, span: subject)
  }

  private static func identifier(_ summary: String) -> String {
    let words = summary.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return words.map { $0.lowercased() }.joined(separator: "-")
  }
}

extension Sequence<Problem> {
  /// Whether any of them is an error.
  public var hasErrors: Bool { contains { $0.severity == .error } }
}

extension SourceSpan {
  /// From the start of one span to the end of another, whatever lies between.
  static func between(_ first: SourceSpan, _ last: SourceSpan) -> SourceSpan {
    var span = first
    span.end = last.end
    return span
  }

  /// The span of the first byte alone.
  var firstByte: SourceSpan {
    var span = self
    span.end = min(span.start + 1, span.end)
    return span
  }

  /// The empty span at the end.
  var endPoint: SourceSpan {
    var span = self
    span.start = span.end
    return span
  }

  /// The empty span at the start.
  var startPoint: SourceSpan {
    var span = self
    span.end = span.start
    return span
  }
}

extension Sequence<Problem> {
  /// The problems with places of other files spelled with the files' names.
  public func naming(_ files: SourceFiles) -> [Problem] {
    map { problem in problem.naming { files[$0] } }
  }
}

extension Problem {
  /// Whether the configuration may be right and only this planner cannot do it.
  public var isUnsupportedByPlanner: Bool {
    ["Provider needed", "Prior state not supported", "Not supported by this planner"].contains(
      summary)
  }
}

extension Problem {
  /// The problem in a text that stands so many bytes further on.
  func shifted(by offset: UInt32) -> Problem {
    func moved(_ span: SourceSpan) -> SourceSpan {
      var copy = span
      copy.start += offset
      copy.end += offset
      return copy
    }
    var copy = self
    copy.subject = subject.map(moved)
    copy.context = context.map(moved)
    return copy
  }
}
