internal import ManifestKit
internal import SourceText

/// `vars`: puts the values of fields in the place of `$(NAME)`.
struct VariableTransformer: Transformer {
  let variables: [Kustomization.Variable]
  let fields: [FieldSpec]

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    guard !variables.isEmpty else { return }
    var values: [String: ValueTree.NodeID] = [:]
    for variable in variables {
      values[variable.name] = try value(of: variable, resources, workspace)
    }
    for resource in resources {
      let gvk = resource.gvk
      for field in fields {
        try located(resource, in: workspace) { () throws(FieldError) in
          try field.visit(resource.root, gvk: gvk, in: workspace) { node throws(FieldError) in
            expand(node, values, workspace)
          }
        }
      }
    }
  }

  private func value(
    of variable: Kustomization.Variable, _ resources: [Resource], _ workspace: Workspace
  ) throws(DiagnosticError) -> ValueTree.NodeID {
    for resource in resources where resource.variables.contains(variable.name) {
      do throws(FieldPath.Failure) {
        let path = try FieldPath(variable.fieldPath, allowsIndexesAfterKeys: true)
        if let node = try path.node(in: resource.root, of: workspace.tree) { return node }
      } catch {
        throw .located(
          "bad-field-path", "'\(variable.fieldPath)' cannot be followed: \(error.message)",
          variable.span)
      }
      throw .located(
        "field-not-found",
        "\(resource.currentID) has no field '\(variable.fieldPath)' for the variable '\(variable.name)'",
        variable.span)
    }
    let names = resources.filter { $0.gvk.isSelected(by: variable.gvk) }.map(\.originalID.name)
    throw .located(
      "variable-without-source",
      "no resource is \(variable.gvk) '\(variable.objectName)', for the variable '\(variable.name)'",
      variable.span,
      detail: Spelling.nearest(to: variable.objectName, among: names)
        .map { "Did you mean '\($0)'?" })
  }

  private func expand(
    _ node: ValueTree.NodeID, _ values: [String: ValueTree.NodeID], _ workspace: Workspace
  ) {
    switch workspace.tree.kind(of: node) {
    case .mapping:
      for entry in workspace.tree.entries(of: node)
      where workspace.tree.kind(of: entry.value) == .scalar {
        expand(entry.value, values, workspace)
      }
    case .sequence:
      for element in workspace.tree.elements(of: node) { expand(element, values, workspace) }
    case .scalar:
      let text = workspace.tree.text(of: node)
      guard text.utf8.contains(UInt8(ascii: "$")) else { return }
      // A text that is nothing but one variable takes the variable's type as well.
      if text.hasPrefix("$("), text.hasSuffix(")"),
        let value = values[String(text.dropFirst(2).dropLast())],
        workspace.tree.kind(of: value) == .scalar
      {
        let meaning = workspace.tree.value(of: value)
        if meaning != .string {
          workspace.tree.setText(
            workspace.tree.text(of: value), of: node, style: .plain, tag: ScalarTag.none)
          return
        }
      }
      let expanded = Self.expand(text) { name in
        // A mapping or a list has no text: the variable stays.
        values[name].flatMap {
          workspace.tree.kind(of: $0) == .scalar ? workspace.tree.text(of: $0) : nil
        }
      }
      if expanded != text { workspace.tree.setText(expanded, of: node, tag: .string) }
    }
  }

  /// Replaces `$(NAME)`; `$$` stands for one `$`, and what has no value stays as it is.
  static func expand(_ text: String, _ value: (String) -> String?) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let next = bytes[index + 1]
      if next == UInt8(ascii: "$") {
        result.append(next)
        index += 2
      } else if next == UInt8(ascii: "("),
        let close = bytes[index...].firstIndex(of: UInt8(ascii: ")"))
      {
        let name = String(decoding: bytes[index + 2..<close], as: UTF8.self)
        result += value(name).map { Array($0.utf8) } ?? Array(bytes[index...close])
        index = close + 1
      } else {
        result += bytes[index...index + 1]
        index += 2
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
