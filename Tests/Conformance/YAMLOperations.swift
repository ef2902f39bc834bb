internal import ManifestKit
internal import SourceText

/// The events of a stream in the notation of the YAML test suite.
func yamlEvents(_ stream: YAMLStream) -> [String] {
  var events = ["+STR"]
  for document in stream.documents {
    events.append(document.hasStartMarker ? "+DOC ---" : "+DOC")
    appendEvents(of: document.root, to: &events)
    events.append(document.hasEndMarker ? "-DOC ..." : "-DOC")
  }
  return events + ["-STR"]
}

private func appendEvents(of node: YAMLNode, to events: inout [String]) {
  var properties = ""
  if node.kind != .alias, let anchor = node.anchor { properties += " &\(anchor)" }
  if let tag = node.tag { properties += " <\(tag)>" }
  switch node.kind {
  case .alias: events.append("=ALI *\(node.anchor ?? "")")
  case .scalar:
    let sign =
      switch node.style {
      case .singleQuoted: "'"
      case .doubleQuoted: "\""
      case .literal: "|"
      case .folded: ">"
      case .plain, .block, .flow: ":"
      }
    events.append("=VAL\(properties) \(sign)\(escaped(node.text))")
  case .sequence:
    events.append("+SEQ" + (node.style == .flow ? " []" : "") + properties)
    for element in node.elements { appendEvents(of: element, to: &events) }
    events.append("-SEQ")
  case .mapping:
    events.append("+MAP" + (node.style == .flow ? " {}" : "") + properties)
    for entry in node.entries {
      appendEvents(of: entry.key, to: &events)
      appendEvents(of: entry.value, to: &events)
    }
    events.append("-MAP")
  }
}

private func escaped(_ text: String) -> String {
  // By scalar: `\r\n` is one character to Swift.
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case "\u{8}": result += "\\b"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
