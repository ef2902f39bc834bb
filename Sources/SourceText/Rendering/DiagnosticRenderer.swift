/// Turns diagnostics into text of one format. Pure: no I/O, no globals, same input same bytes.
public protocol DiagnosticRenderer: Sendable {
  /// The text for all diagnostics, with a final newline unless it is empty.
  func render(_ diagnostics: [Diagnostic], files: SourceFiles) -> String
}

/// A diagnostic's place, resolved for printing. Keeps one line index per file.
struct PlaceResolver {
  let files: SourceFiles
  private var indexes: [SourceFile.ID: LineIndex] = [:]

  init(files: SourceFiles) { self.files = files }

  struct Place {
    let file: SourceFile
    let start: LineIndex.Position
    let end: LineIndex.Position
    let lines: LineIndex
  }

  mutating func place(of span: SourceSpan?) -> Place? {
    guard let span, let file = files[span.file] else { return nil }
    let lines: LineIndex
    if let known = indexes[span.file] {
      lines = known
    } else {
      lines = LineIndex(file)
      indexes[span.file] = lines
    }
    return Place(
      file: file, start: lines.position(of: span.bytes.lowerBound),
      end: lines.position(of: span.bytes.upperBound), lines: lines)
  }
}
