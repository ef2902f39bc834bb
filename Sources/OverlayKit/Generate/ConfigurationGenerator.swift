internal import ManifestKit
internal import SourceText

/// Makes ConfigMaps and Secrets from literals, files and environment files.
struct ConfigurationGenerator {
  let arguments: GeneratorArguments
  let options: GeneratorOptions
  let pairs: [KeyValue]

  /// The object, which is not yet part of any accumulator.
  func generate(in workspace: Workspace) throws(DiagnosticError) -> Resource {
    guard !arguments.name.isEmpty else {
      throw .located("missing-field", "a generator needs a 'name'", arguments.span)
    }
    let root = workspace.tree.makeMapping()
    let origin = workspace.files.origin(of: arguments.span)
    func set(_ key: String, _ value: ValueTree.NodeID) {
      workspace.tree.set(key, in: root, to: value)
    }
    set("apiVersion", workspace.tree.makeString("v1"))
    set("kind", workspace.tree.makeString(arguments.kind.rawValue))
    let metadata = workspace.tree.makeMapping()
    workspace.tree.set("name", in: metadata, to: workspace.tree.makeString(arguments.name))
    if !arguments.namespace.isEmpty {
      workspace.tree.set(
        "namespace", in: metadata, to: workspace.tree.makeString(arguments.namespace))
    }
    for (name, entries) in [("labels", options.labels), ("annotations", options.annotations)]
    where !entries.isEmpty {
      let map = workspace.tree.makeMapping()
      for (key, value) in entries {
        workspace.setEntry(key, of: map, to: workspace.tree.makeString(value))
      }
      workspace.tree.set(name, in: metadata, to: map)
    }
    set("metadata", metadata)
    if arguments.kind == .secret {
      set("type", workspace.tree.makeString(arguments.type.isEmpty ? "Opaque" : arguments.type))
    }
    try addData(to: root, workspace)
    if options.immutable { set("immutable", workspace.tree.makeBool(true)) }
    workspace.tree.setOriginOfSubtree(origin, of: root)
    let resource = Resource(root: root, in: workspace, span: arguments.span)
    resource.behavior = arguments.behavior
    resource.needsHash = !options.disableNameSuffixHash
    resource.isGenerated = true
    return resource
  }

  private func addData(
    to root: ValueTree.NodeID, _ workspace: Workspace
  ) throws(DiagnosticError) {
    // A Secret has the field even where it is empty, a ConfigMap has not.
    if arguments.kind == .secret { _ = workspace.tree.makePath(["data"], in: root) }
    for pair in pairs {
      let text = String(validating: pair.value, as: UTF8.self)
      let section: String
      let value: ValueTree.NodeID
      if arguments.kind == .secret || text == nil {
        section = arguments.kind == .secret ? "data" : "binaryData"
        value = Self.base64(pair.value, workspace)
      } else {
        section = "data"
        if let text, !Self.isReadable(text) {
          throw .located(
            "tab-at-start",
            "the value of '\(pair.key)' starts with a tab, which a ConfigMap cannot keep",
            pair.span, detail: "Let the first line start with something else.")
        }
        value = workspace.tree.makeString(text ?? "")
      }
      let map = workspace.tree.makePath([section], in: root)
      workspace.setEntry(pair.key, of: map, to: value)
    }
  }

  /// Whether the original can read the block scalar that it writes for a text of several lines: one
  /// that starts with a tab it takes for bad indentation.
  private static func isReadable(_ text: String) -> Bool {
    guard text.utf8.first == 0x09, text.utf8.contains(0x0A) else { return true }
    // Lines that end in a space make it write a quoted scalar, as do control characters.
    return text.contains(" \n") || text.utf8.last == 0x20
      || text.utf8.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A }
  }

  /// Base64 in lines of 70 characters, as a block where it is more than one line.
  private static func base64(_ bytes: [UInt8], _ workspace: Workspace) -> ValueTree.NodeID {
    let encoded = Array(Base64.encode(bytes).utf8)
    guard encoded.count > 70 else {
      return workspace.tree.makeString(String(decoding: encoded, as: UTF8.self))
    }
    var text: [UInt8] = []
    for start in stride(from: 0, to: encoded.count, by: 70) {
      text += encoded[start..<min(start + 70, encoded.count)]
      text.append(0x0A)
    }
    return workspace.tree.makeString(String(decoding: text, as: UTF8.self), style: .literal)
  }
}
