/// SARIF 2.1.0, the format of GitHub code scanning and most analysis dashboards.
public struct SARIFRenderer: DiagnosticRenderer {
  /// The tool that reports, as it is called on the command line.
  public let tool: String
  /// The tool's version.
  public let version: String

  /// Creates a renderer for one tool.
  public init(tool: String, version: String) {
    self.tool = tool
    self.version = version
  }

  /// One SARIF log with one run.
  public func render(_ diagnostics: [Diagnostic], files: SourceFiles) -> String {
    var places = PlaceResolver(files: files)
    var ruleIndexes: [Diagnostic.ID: Int] = [:]
    var rules: [JSONValue] = []
    var results: [JSONValue] = []
    for diagnostic in diagnostics {
      let ruleIndex: Int
      if let known = ruleIndexes[diagnostic.id] {
        ruleIndex = known
      } else {
        ruleIndex = rules.count
        ruleIndexes[diagnostic.id] = ruleIndex
        rules.append(.object([("id", .string(diagnostic.id.description))]))
      }
      results.append(result(diagnostic, ruleIndex, &places))
    }
    let driver = JSONValue.object([
      ("name", .string(tool)), ("version", .string(version)), ("rules", .array(rules)),
    ])
    let run = JSONValue.object([
      ("tool", .object([("driver", driver)])),
      ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(results)),
    ])
    let log = JSONValue.object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")), ("runs", .array([run])),
    ])
    return log.text(.indented) + "\n"
  }

  private func result(
    _ diagnostic: Diagnostic, _ ruleIndex: Int, _ places: inout PlaceResolver
  ) -> JSONValue {
    var message = diagnostic.summary
    if let detail = diagnostic.detail { message += "\n" + detail }
    var members: [(String, JSONValue)] = [
      ("ruleId", .string(diagnostic.id.description)),
      ("ruleIndex", .integer(ruleIndex)),
      ("level", .string(diagnostic.severity.rawValue)),
      ("message", .object([("text", .string(message))])),
    ]
    if let place = places.place(of: diagnostic.span) {
      members.append(("locations", .array([location(place, message: nil)])))
    } else if let path = diagnostic.path {
      members.append(("locations", .array([.object([("physicalLocation", artifact(path))])])))
    }
    let related = diagnostic.related.compactMap { related in
      places.place(of: related.span).map { location($0, message: related.message) }
    }
    if !related.isEmpty { members.append(("relatedLocations", .array(related))) }
    return .object(members)
  }

  private func artifact(_ path: String) -> JSONValue {
    .object([("artifactLocation", .object([("uri", .string(Self.uri(path)))]))])
  }

  private func location(_ place: PlaceResolver.Place, message: String?) -> JSONValue {
    let region = JSONValue.object([
      ("startLine", .integer(place.start.line)),
      ("startColumn", .integer(codePointColumn(place.start, place))),
      ("endLine", .integer(place.end.line)),
      ("endColumn", .integer(codePointColumn(place.end, place))),
      ("byteOffset", .integer(place.start.byte)),
      ("byteLength", .integer(max(0, place.end.byte - place.start.byte))),
    ])
    var members: [(String, JSONValue)] = [
      (
        "physicalLocation",
        .object([
          ("artifactLocation", .object([("uri", .string(Self.uri(place.file.name)))])),
          ("region", region),
        ])
      )
    ]
    if let message { members.append(("message", .object([("text", .string(message))]))) }
    return .object(members)
  }

  /// SARIF counts columns in code points here, as `columnKind` says.
  private func codePointColumn(
    _ position: LineIndex.Position, _ place: PlaceResolver.Place
  ) -> Int {
    let start = place.lines.bytes(ofLine: position.line).lowerBound
    let end = position.byte - place.file.precedingBytes
    guard start < end else { return 1 }
    return place.file.text(start..<end).unicodeScalars.count + 1
  }

  /// Percent-encodes a path as a relative URI reference (RFC 3986).
  private static func uri(_ path: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
