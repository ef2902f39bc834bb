internal import SourceText
internal import ToolSupport

extension ReportingOptions {
  /// Reports one error and gives the exit code for it.
  func fail(
    _ id: Diagnostic.ID, _ summary: String, detail: String? = nil, tool: String,
    status: ExitStatus = .failure
  ) -> any Error {
    report([Diagnostic(id, .error, summary, detail: detail)], files: SourceFiles(), tool: tool)
    return status.code
  }
}
