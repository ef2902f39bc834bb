/// GitHub Actions workflow commands: `::error file=…,line=…,col=…,title=…::message`.
///
/// `col` and `endColumn` are given only for a span on one line; GitHub ignores the annotation's
/// range otherwise.
public struct GitHubRenderer: DiagnosticRenderer {
  /// Creates a renderer.
  public init() {}

  /// One workflow command a line.
  public func render(_ diagnostics: [Diagnostic], files: SourceFiles) -> String {
    var places = PlaceResolver(files: files)
    var output = ""
    for diagnostic in diagnostics {
      var properties: [String] = []
      if let place = places.place(of: diagnostic.span) {
        properties.append("file=" + Self.property(place.file.name))
        properties.append("line=\(place.start.line)")
        if place.start.line == place.end.line {
          properties.append("col=\(place.start.column)")
          properties.append("endColumn=\(max(place.end.column, place.start.column))")
        } else {
          properties.append("endLine=\(place.end.line)")
        }
      } else if let path = diagnostic.path {
        properties.append("file=" + Self.property(path))
      }
      properties.append("title=" + Self.property(diagnostic.id.description))
      var message = diagnostic.summary
      if let detail = diagnostic.detail { message += "\n" + detail }
      output += "::\(diagnostic.severity.command) \(properties.joined(separator: ","))"
      output += "::" + Self.escaped(message) + "\n"
    }
    return output
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func property(_ text: String) -> String {
    var result = ""
    for scalar in escaped(text).unicodeScalars {
      switch scalar {
      case ":": result += "%3A"
      case ",": result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Diagnostic.Severity {
  fileprivate var command: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }
}
