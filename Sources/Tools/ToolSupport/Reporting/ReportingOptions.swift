public import ArgumentParser
public import SourceText

/// `--format` and `--color`, the same on every tool.
public struct ReportingOptions: ParsableArguments {
  /// The formats of diagnostics.
  public enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// For people.
    case human
    /// One JSON document.
    case json
    /// One JSON object a line.
    case jsonl
    /// GitHub Actions annotations.
    case github
    /// SARIF 2.1.0.
    case sarif
  }

  /// When to use colour.
  public enum Color: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// On a terminal, unless `NO_COLOR` is set.
    case auto
    /// Always.
    case always
    /// Never.
    case never
  }

  /// The format of diagnostics on standard error.
  @Option(name: .long, help: "How diagnostics are written.")
  public var format = Format.human

  /// When to use colour.
  @Option(name: .long, help: "When to colour text.")
  public var color = Color.auto

  /// Creates the defaults.
  public init() {}

  /// The renderer for a tool's diagnostics.
  public func renderer(tool: String) -> any DiagnosticRenderer {
    switch format {
    case .human:
      HumanRenderer(
        color: color == .always || color == .auto && StandardStreams.errorWantsColor)
    case .json: JSONRenderer()
    case .jsonl: JSONLinesRenderer()
    case .github: GitHubRenderer()
    case .sarif: SARIFRenderer(tool: tool, version: ToolVersion.current)
    }
  }

  /// Writes diagnostics to standard error. JSON and SARIF documents are written even when empty,
  /// so that a consumer always has a document to read.
  public func report(_ diagnostics: [Diagnostic], files: SourceFiles, tool: String) {
    StandardStreams.writeError(renderer(tool: tool).render(diagnostics, files: files))
  }
}
