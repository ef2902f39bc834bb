internal import ManifestKit
internal import SourceText

/// One entry of `replacements`: a replacement, or the path of a file with some.
enum ReplacementSource {
  case file(Kustomization.Entry)
  case inline(Replacement)

  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "an entry of 'replacements'")
    if let path = try entry.entry("path"), !path.text.isEmpty {
      _ = entry.node("source")
      if let targets = entry.node("targets") {
        throw .located(
          "conflicting-fields", "a replacement has either a 'path' or 'targets'", targets.span)
      }
      self = .file(path)
      try entry.refuseUnknownFields()
    } else {
      self = .inline(try Replacement(reading: node))
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
  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "a replacement")
    span = node.span
    _ = entry.node("path")
    source = try entry.node("source").map(Source.init(reading:))
    sourceValue = try entry.string("sourceValue")
    targets = try entry.list("targets", Target.init(reading:))
    try entry.refuseUnknownFields()
  }
}

extension Replacement.Source {
  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "the source of a replacement")
    let selector = try Selector(identity: &entry, node)
    self.init(
      gvk: selector.gvk, name: selector.name, namespace: selector.namespace, span: node.span)
    if let path = try entry.string("fieldPath"), !path.isEmpty { fieldPath = path }
    if let node = entry.node("options") { options = try Replacement.Options(reading: node) }
    try entry.refuseUnknownFields()
  }
}

extension Replacement.Target {
  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "a target of a replacement")
    guard let selectNode = entry.node("select") else {
      throw .located(
        "missing-field", "a target of a replacement needs 'select'", node.span)
    }
    self.init(select: try Selector(reading: selectNode), span: node.span)
    reject = try entry.list("reject", Selector.init(reading:))
    fieldPaths = try entry.strings("fieldPaths")
    if let node = entry.node("options") { options = try Replacement.Options(reading: node) }
    try entry.refuseUnknownFields()
  }
}

extension Replacement.Options {
  init(reading node: YAMLNode) throws(DiagnosticError) {
    var entry = try FieldReader(node, "the options of a replacement")
    delimiter = try entry.string("delimiter") ?? ""
    index = try entry.integer("index") ?? 0
    encoding = try entry.string("encoding") ?? ""
    create = try entry.bool("create") ?? false
    try entry.refuseUnknownFields()
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
        for document in try loader.stream(entry.text, at: entry.span).documents {
          if document.root.kind == .sequence {
            for element in document.root.elements {
              all.append(try Replacement(reading: element.resolved))
            }
          } else if document.root.scalar != .null {
            all.append(try Replacement(reading: document.root))
          }
        }
      }
    }
    return all
  }
}
