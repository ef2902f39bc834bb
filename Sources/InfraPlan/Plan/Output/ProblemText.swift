public import SourceText

/// Problems as Terraform prints them to a terminal without colour.
public enum ProblemText {
  /// The text of one problem, with a blank line before it.
  public static func render(_ problem: Problem, files: SourceFiles) -> String {
    var text = "\n\(problem.severity == .error ? "Error" : "Warning"): \(problem.summary)\n\n"
    if let subject = problem.subject, let file = files[subject.file] {
      text += place(problem, subject, file)
    }
    if !problem.detail.isEmpty { text += wrapped(problem.detail) + "\n" }
    return text
  }

  private static func place(_ problem: Problem, _ subject: SourceSpan, _ file: SourceFile) -> String
  {
    let document = ValidationReport.json(problem, files: onlyFile(file, subject.file))
    let snippet = document["snippet"]
    let line = document["range"]?["start"]?["line"]?.intValue ?? 1
    var text = "  on \(file.name) line \(line)"
    if let context = snippet?["context"]?.stringValue { text += ", in \(context)" }
    text += ":\n"
    let first = snippet?["start_line"]?.intValue ?? line
    let lines = (snippet?["code"]?.stringValue ?? "").split(
      separator: "\n", omittingEmptySubsequences: false)
    for (offset, code) in lines.enumerated() {
      let number = String(first + offset)
      text += String(repeating: " ", count: max(0, 4 - number.count)) + number + ": " + code + "\n"
    }
    if !problem.values.isEmpty {
      text += "    \u{251C}" + String(repeating: "\u{2500}", count: 16) + "\n"
      for value in problem.values {
        text += "    \u{2502} \(value.traversal) \(value.statement)\n"
      }
    }
    return text + "\n"
  }

  private static func onlyFile(_ file: SourceFile, _ id: SourceFile.ID) -> SourceFiles {
    var files = SourceFiles()
    while files.count < Int(id.rawValue) { _ = files.add(SourceFile(name: "", bytes: [])) }
    _ = files.add(file)
    return files
  }

  /// Words filled into lines of at most 77 columns; indented lines are left alone.
  static func wrapped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.hasPrefix(" ") { return String(line) }
      var result = ""
      var length = 0
      for word in line.split(separator: " ", omittingEmptySubsequences: false) {
        if length > 0, length + 1 + word.count > 77 {
          result += "\n" + word
          length = word.count
        } else {
          result += (length > 0 ? " " : "") + word
          length += (length > 0 ? 1 : 0) + word.count
        }
      }
      return result
    }.joined(separator: "\n")
  }
}
