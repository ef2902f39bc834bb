/// The format for people: `file:line:column: severity: summary [id]`, the line with a caret below
/// the exact bytes, related places and help.
public struct HumanRenderer: DiagnosticRenderer {
  /// Whether to use ANSI colours.
  public let color: Bool
  /// Whether to show the source line.
  public let snippets: Bool

  /// Creates a renderer.
  public init(color: Bool = false, snippets: Bool = true) {
    self.color = color
    self.snippets = snippets
  }

  /// The text for all diagnostics, a block each.
  public func render(_ diagnostics: [Diagnostic], files: SourceFiles) -> String {
    var places = PlaceResolver(files: files)
    var output = ""
    for diagnostic in diagnostics {
      let place = places.place(of: diagnostic.span)
      if let place {
        output += "\(place.file.name):\(place.start.line):\(place.start.column): "
      } else if let path = diagnostic.path {
        output += "\(path): "
      }
      output += paint(diagnostic.severity.rawValue, diagnostic.severity.ansi) + ": "
      output += paint(diagnostic.summary, "1") + " [\(diagnostic.id)]\n"
      if snippets, !diagnostic.hidesSource, let place {
        output += snippet(place, diagnostic.severity)
      }
      for related in diagnostic.related {
        guard let place = places.place(of: related.span) else { continue }
        output += "  note: \(place.file.name):\(place.start.line):\(place.start.column): "
        output += related.message + "\n"
      }
      if let detail = diagnostic.detail {
        let lines = detail.split(separator: "\n", omittingEmptySubsequences: false)
        output += "  help: " + lines.joined(separator: "\n        ") + "\n"
      }
      if let fix = diagnostic.fix { output += "  fix: \(fix.message)\n" }
    }
    return output
  }

  private func snippet(_ place: PlaceResolver.Place, _ severity: Diagnostic.Severity) -> String {
    let line = place.lines.text(ofLine: place.start.line)
    guard line.utf8.count <= 400 else { return "" }
    let number = String(place.start.line)
    let margin = String(repeating: " ", count: number.count)
    let characters = Array(line)
    let before = characters.prefix(place.start.column - 1)
      .map { $0 == "\t" ? "\t" : String(repeating: " ", count: $0.displayWidth) }.joined()
    let last = place.end.line == place.start.line ? place.end.column - 1 : characters.count
    let marked = characters.dropFirst(place.start.column - 1)
      .prefix(max(0, last - place.start.column + 1))
    let width = max(1, marked.reduce(0) { $0 + $1.displayWidth })
    let caret = "^" + String(repeating: "~", count: width - 1)
    return " \(number) | \(line)\n \(margin) | \(before)\(paint(caret, severity.ansi))\n"
  }

  private func paint(_ text: String, _ code: String) -> String {
    color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

extension Diagnostic.Severity {
  fileprivate var ansi: String {
    switch self {
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    }
  }
}

extension Character {
  /// Terminal columns: 2 for East Asian wide characters and emoji, otherwise 1.
  fileprivate var displayWidth: Int {
    guard let scalar = unicodeScalars.first, scalar.value >= 0x1100 else { return 1 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
