public import SourceText

extension ManifestComparison {
  /// Lines for people: `~` changed, `+` new, `-` gone, fields below their object.
  public func text(color: Bool = false) -> String {
    func paint(_ text: String, _ code: String) -> String {
      color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
    var output = ""
    for change in changes {
      switch change.kind {
      case .added: output += paint("+ \(change.id)", "32") + "\n"
      case .removed: output += paint("- \(change.id)", "31") + "\n"
      case .changed: output += paint("~ \(change.id)", "33") + "\n"
      }
      for field in change.fields {
        switch (field.old, field.new) {
        case (let old?, let new?):
          output += "    \(field.path): \(paint(old, "31")) -> \(paint(new, "32"))\n"
        case (nil, let new?): output += paint("  + \(field.path): \(new)", "32") + "\n"
        case (let old?, nil): output += paint("  - \(field.path): \(old)", "31") + "\n"
        case (nil, nil): break
        }
      }
    }
    return output
  }

  /// A summary line: `1 changed, 2 added, 0 removed, 7 unchanged`.
  public var summary: String {
    func count(_ kind: ResourceChange.Kind) -> Int { changes.count { $0.kind == kind } }
    return "\(count(.changed)) changed, \(count(.added)) added, \(count(.removed)) removed, "
      + "\(unchangedCount) unchanged"
  }

  /// Markdown for a pull request: a table of fields below each object.
  public func markdown() -> String {
    guard !changes.isEmpty else { return "No changes: \(unchangedCount) objects are the same.\n" }
    var output = "**\(summary)**\n"
    for change in changes {
      output += "\n### \(change.kind.rawValue): \(Self.escaped(change.id.description))\n"
      guard !change.fields.isEmpty else { continue }
      output += "\n| field | before | after |\n| --- | --- | --- |\n"
      for field in change.fields {
        let cells = [field.path, field.old ?? "", field.new ?? ""].map {
          $0.isEmpty ? "" : "`" + Self.escaped($0) + "`"
        }
        output += "| " + cells.joined(separator: " | ") + " |\n"
      }
    }
    return output
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("`", with: "'").replacing("\n", with: " ")
  }

  /// The same as a JSON document.
  public func json() -> JSONValue {
    let objects = changes.map { change -> JSONValue in
      .object([
        ("change", .string(change.kind.rawValue)),
        ("apiVersion", .string(change.id.kind.apiVersion)),
        ("kind", .string(change.id.kind.kind)),
        ("namespace", .string(change.id.namespace)), ("name", .string(change.id.name)),
        ("fields", .array(change.fields.map(\.json))),
      ])
    }
    return .object([("changes", .array(objects)), ("unchanged", .integer(unchangedCount))])
  }
}

extension FieldChange {
  /// The values as they are; of a hidden one only that there is one, and a member `hidden`.
  fileprivate var json: JSONValue {
    var members: [(String, JSONValue)] = [("path", .string(path))]
    if old == Self.hidden || new == Self.hidden { members.append(("hidden", .bool(true))) }
    for (name, text) in [("old", old), ("new", new)] {
      guard let text else { continue }
      members.append((name, (try? JSONValue(parsing: text)) ?? .string(text)))
    }
    return .object(members)
  }
}
