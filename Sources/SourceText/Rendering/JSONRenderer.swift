/// All diagnostics as one JSON document: `{"diagnostics": […], "errors": n, "warnings": n}`.
public struct JSONRenderer: DiagnosticRenderer {
  /// Creates a renderer.
  public init() {}

  /// The document, indented, with a final newline.
  public func render(_ diagnostics: [Diagnostic], files: SourceFiles) -> String {
    var places = PlaceResolver(files: files)
    let document = JSONValue.object([
      ("diagnostics", .array(diagnostics.map { $0.json(&places) })),
      ("errors", .integer(diagnostics.count { $0.severity == .error })),
      ("warnings", .integer(diagnostics.count { $0.severity == .warning })),
    ])
    return document.text(.indented) + "\n"
  }
}

/// One JSON object a line, one line a diagnostic.
public struct JSONLinesRenderer: DiagnosticRenderer {
  /// Creates a renderer.
  public init() {}

  /// The lines, each with its newline.
  public func render(_ diagnostics: [Diagnostic], files: SourceFiles) -> String {
    var places = PlaceResolver(files: files)
    return diagnostics.map { $0.json(&places).text() + "\n" }.joined()
  }
}

extension Diagnostic {
  fileprivate func json(_ places: inout PlaceResolver) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("id", .string(id.description)),
      ("severity", .string(severity.rawValue)),
      ("summary", .string(summary)),
    ]
    if let detail { members.append(("detail", .string(detail))) }
    if let place = places.place(of: span) {
      members += place.jsonMembers
    } else if let path {
      members.append(("file", .string(path)))
    }
    if !related.isEmpty {
      let objects = related.map { related in
        JSONValue.object(
          [("message", .string(related.message))]
            + (places.place(of: related.span)?.jsonMembers ?? []))
      }
      members.append(("related", .array(objects)))
    }
    if let fix {
      let preceding = places.place(of: span)?.file.precedingBytes ?? 0
      members.append(("fix", fix.json(after: preceding)))
    }
    return .object(members)
  }
}

extension Diagnostic.Fix {
  fileprivate func json(after preceding: Int) -> JSONValue {
    let edits = edits.map { edit in
      JSONValue.object([
        ("start", .integer(edit.range.lowerBound + preceding)),
        ("end", .integer(edit.range.upperBound + preceding)),
        ("replacement", .string(String(decoding: edit.replacement, as: UTF8.self))),
      ])
    }
    return .object([("message", .string(message)), ("edits", .array(edits))])
  }
}

extension PlaceResolver.Place {
  fileprivate var jsonMembers: [(String, JSONValue)] {
    [
      ("file", .string(file.name)), ("start", start.json), ("end", end.json),
    ]
  }
}

extension LineIndex.Position {
  fileprivate var json: JSONValue {
    .object([("line", .integer(line)), ("column", .integer(column)), ("byte", .integer(byte))])
  }
}
