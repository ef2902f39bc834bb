internal import ManifestKit
internal import SourceText

/// One entry of `replacements`: a replacement, or the path of a file with some.
enum ReplacementSource {
  case file(Kustomization.Entry)
  case inline(Replacement)

  /// Reads an entry.
  ///
  /// - Parameter isStrict: Whether unknown fields are refused, as in a kustomization; in files of
  ///   their own and in plugins they are not looked at.
  init(reading node: YAMLNode, isStrict: Bool = true) throws(DiagnosticError) {
    var entry = try FieldReader(node, "an entry of 'replacements'")
    if let path = try entry.entry("path"), !path.text.isEmpty {
      _ = entry.node("source")
      if let targets = entry.node("targets") {
        throw .located(
          "conflicting-fields", "a replacement has either a 'path' or 'targets'", targets.span)
      }
      self = .file(path)
      if isStrict { try entry.refuseUnknownFields() }
    } else {
      self = .inline(try Replacement(reading: node, isStrict: isStrict))
    }
  }
}

/// Copies a value from a field of one resource to fields of others.
struct Replacement {
  struct Options {
    var delimiter = ""
    var index = 0
    var encoding = ""
    var create = false
  }

  struct Source {
    var gvk = GroupVersionKind()
    var name = ""
    var namespace = ""
    var fieldPath = "metadata.name"
    var options = Options()
    var span: SourceSpan
  }

  struct Target {
    var select: Selector
    var reject: [Selector] = []
    var fieldPaths: [Kustomization.Entry] = []
    var options = Options()
    var span: SourceSpan
  }

  var source: Source?
  /// The value itself, where no resource gives it.
  var sourceValue: String?
  var targets: [Target]
  var span: SourceSpan
}

extension Replacement {
  init(reading node: YAMLNode, isStrict: Bool) throws(DiagnosticError) {
    var entry = try FieldReader(node, "a replacement")
    span = node.span
    _ = entry.node("path")
    source = nil
    if let node = entry.node("source") { source = try Source(reading: node, isStrict: isStrict) }
    sourceValue = try entry.string("sourceValue")
    targets = try entry.list("targets") { node throws(DiagnosticError) in
      try Target(reading: node, isStrict: isStrict)
    }
    if isStrict { try entry.refuseUnknownFields() }
  }
}

extension Replacement.Source {
  init(reading node: YAMLNode, isStrict: Bool) throws(DiagnosticError) {
    var entry = try FieldReader(node, "the source of a replacement")
    let selector = try Selector(identity: &entry, node)
    self.init(
      gvk: selector.gvk, name: selector.name, namespace: selector.namespace, span: node.span)
    if let path = try entry.string("fieldPath"), !path.isEmpty { fieldPath = path }
    if let node = entry.node("options") {
      options = try Replacement.Options(reading: node, isStrict: isStrict)
    }
    if isStrict { try entry.refuseUnknownFields() }
  }
}

extension Replacement.Target {
  init(reading node: YAMLNode, isStrict: Bool) throws(DiagnosticError) {
    var entry = try FieldReader(node, "a target of a replacement")
    guard let selectNode = entry.node("select") else {
      throw .located(
        "missing-field", "a target of a replacement needs 'select'", node.span)
    }
    self.init(select: try Selector(reading: selectNode, isStrict: isStrict), span: node.span)
    reject = try entry.list("reject") { node throws(DiagnosticError) in
      try Selector(reading: node, isStrict: isStrict)
    }
    fieldPaths = try entry.strings("fieldPaths")
    if let node = entry.node("options") {
      options = try Replacement.Options(reading: node, isStrict: isStrict)
    }
    if isStrict { try entry.refuseUnknownFields() }
  }
}

extension Replacement.Options {
  init(reading node: YAMLNode, isStrict: Bool) throws(DiagnosticError) {
    var entry = try FieldReader(node, "the options of a replacement")
    delimiter = try entry.string("delimiter") ?? ""
    index = try entry.integer("index") ?? 0
    encoding = try entry.string("encoding") ?? ""
    create = try entry.bool("create") ?? false
    if isStrict { try entry.refuseUnknownFields() }
  }
}

extension Selector {
  /// Reads the parts that name one resource, leaving other fields to the caller.
  init(identity entry: inout FieldReader, _ node: YAMLNode) throws(DiagnosticError) {
    gvk = GroupVersionKind(
      group: try entry.string("group") ?? "", version: try entry.string("version") ?? "",
      kind: try entry.string("kind") ?? "")
    name = try entry.string("name") ?? ""
    namespace = try entry.string("namespace") ?? ""
    span = node.span
  }
}

extension [ReplacementSource] {
  /// All replacements, those in files included; a file holds one or a list of them.
  func resolved(by loader: FileLoader) throws(DiagnosticError) -> [Replacement] {
    var all: [Replacement] = []
    for source in self {
      switch source {
      case .inline(let replacement): all.append(replacement)
      case .file(let entry):
        // Further documents are not looked at.
        guard let root = try loader.stream(entry.text, at: entry.span).documents.first?.root else {
          continue
        }
        let nodes = root.kind == .sequence ? root.elements.map(\.resolved) : [root]
        for node in nodes where root.scalar != .null {
          all.append(try Replacement(reading: node, isStrict: false))
        }
      }
    }
    return all
  }
}
