internal import ManifestKit
internal import SourceText

/// YAML made JSON the way Go programs do it: `yes` is true, and keys that spell booleans or numbers
/// are spelled anew.
struct JSONOfYAML {
  let workspace: Workspace
  /// What is named where the value cannot be JSON and comes from nowhere.
  let span: SourceSpan

  private var tree: ValueTree { workspace.tree }

  func value(of node: ValueTree.NodeID) throws(DiagnosticError) -> JSONValue {
    switch tree.kind(of: node) {
    case .scalar:
      if case .float(let number) = tree.value(of: node, .kubernetes), !number.isFinite {
        throw .located(
          "malformed-patch", "'\(tree.text(of: node))' is no number of JSON",
          workspace.span(of: node) ?? span,
          detail: "Put it in quotes if it is a text.")
      }
      return tree.json(of: node, .kubernetes)
    case .sequence:
      var elements: [JSONValue] = []
      for element in tree.elements(of: node) { elements.append(try value(of: element)) }
      return .array(elements)
    case .mapping:
      var members: [(String, JSONValue)] = []
      var places: [String: Int] = [:]
      for entry in tree.entries(of: node) {
        let member = (try name(entry.key), try value(of: entry.value))
        // `y` and `on` are one key.
        if let place = places.updateValue(members.count, forKey: member.0) {
          places[member.0] = place
          members[place] = member
        } else {
          members.append(member)
        }
      }
      return .object(members)
    }
  }

  private func name(_ key: ValueTree.NodeID) throws(DiagnosticError) -> String {
    switch tree.value(of: key, .kubernetes) {
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .unsigned(let value): return String(value)
    case .float(let value) where value.isFinite:
      guard case .number(let spelling) = JSONValue.number(value).kind else { break }
      return spelling
    case .null:
      throw .located(
        "malformed-patch", "null cannot be a key of JSON",
        workspace.span(of: key) ?? span,
        detail: "Put the key in quotes if it is a text.")
    default: break
    }
    return tree.text(of: key)
  }
}
