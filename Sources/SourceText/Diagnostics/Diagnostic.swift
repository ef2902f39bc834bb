/// One thing to tell the user: what is wrong, where exactly, and what to do about it.
///
/// Libraries return diagnostics; they never print. Every renderer shows the same structure, so a
/// machine format never says less than the text.
public struct Diagnostic: Hashable, Sendable {
  /// The stable name of a kind of finding: kebab-case, and its meaning never changes.
  public struct ID: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name, such as `unknown-field`.
    public let description: String

    /// Creates an identifier from its kebab-case name.
    public init(stringLiteral value: String) { self.description = value }

    /// Creates an identifier from a name known at run time only.
    public init(_ name: String) { self.description = name }
  }

  /// How serious a finding is.
  public enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
    /// Information that needs no action.
    case note
    /// Probably not what was meant; the answer was still computed.
    case warning
    /// There is no trustworthy answer.
    case error

    /// Orders by seriousness, the least first.
    public static func < (left: Severity, right: Severity) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
  }

  /// A second place that explains the first, such as the earlier of two definitions.
  public struct Related: Hashable, Sendable {
    /// Where it is.
    public var span: SourceSpan
    /// What it has to do with the finding.
    public var message: String

    /// Creates a related place.
    public init(span: SourceSpan, message: String) {
      self.span = span
      self.message = message
    }
  }

  /// A change that resolves the finding, applicable by a machine.
  public struct Fix: Hashable, Sendable {
    /// What the change does, as an imperative: "replace `replica` by `replicas`".
    public var message: String
    /// The edits, all in the file of the diagnostic's span.
    public var edits: [TextEdit]

    /// Creates a fix.
    public init(message: String, edits: [TextEdit]) {
      self.message = message
      self.edits = edits
    }
  }

  /// The stable kind.
  public var id: ID
  /// How serious it is.
  public var severity: Severity
  /// One line: what is wrong.
  public var summary: String
  /// What to do, and what the user needs to know for it; may have several lines.
  public var detail: String?
  /// The exact bytes at fault, or `nil` where no file is concerned.
  public var span: SourceSpan?
  /// The name of the input where there is no span to take it from (a file that cannot be read).
  public var path: String?
  /// Other places concerned.
  public var related: [Related]
  /// A change that would resolve it.
  public var fix: Fix?
  /// Whether the text at the span is confidential: renderers give its place and never the text.
  public var hidesSource = false

  /// Creates a diagnostic.
  public init(
    _ id: ID, _ severity: Severity = .error, _ summary: String, detail: String? = nil,
    span: SourceSpan? = nil, path: String? = nil, related: [Related] = [], fix: Fix? = nil
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.detail = detail
    self.span = span
    self.path = path
    self.related = related
    self.fix = fix
  }
}

/// Several diagnostics as one thrown error, for an operation that has no result without them.
public struct DiagnosticError: Error, Sendable {
  /// What went wrong; never empty.
  public let diagnostics: [Diagnostic]

  /// Wraps one diagnostic.
  public init(_ diagnostic: Diagnostic) { self.diagnostics = [diagnostic] }

  /// Wraps several; at least one must be an error.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

extension Sequence<Diagnostic> {
  /// Whether any of them is an error.
  public var hasErrors: Bool { contains { $0.severity == .error } }
}
