internal import ManifestKit
public import SourceText

/// Where one field of a built manifest comes from, and what changed it on the way.
public struct FieldOrigin: Hashable, Sendable {
  /// Something that changed a field.
  public enum Change: Hashable, Sendable {
    /// An entry of a kustomization, an operation of a JSON patch, or a field of a strategic-merge
    /// patch.
    case at(SourceSpan)
    /// The hash behind a generated name.
    case hashSuffix
    /// A reference that followed the object it names.
    case reference
  }

  /// The number of the manifest in the build's output, from 0.
  public let document: Int
  /// The field, as a JSON pointer.
  public let path: String
  /// Where its first value was written; for what a build makes, the entry that asks for it.
  public let span: SourceSpan?
  /// What changed it, in order.
  public let changes: [Change]

  static let hashSuffix = UInt32.max
  static let reference = UInt32.max - 1
}

extension FieldOrigin {
  /// The origins of all single values and empty collections of resources. O(fields + changes).
  static func list(_ resources: [Resource], _ workspace: Workspace) -> [FieldOrigin] {
    var changes: [ValueTree.NodeID: [ValueTree.Change]] = [:]
    for change in workspace.tree.changes { changes[change.node, default: []].append(change) }
    var list: [FieldOrigin] = []
    for (document, resource) in resources.enumerated() {
      var pending: [(ValueTree.NodeID, String)] = [(resource.root, "")]
      while let (node, path) = pending.popLast() {
        switch workspace.tree.kind(of: node) {
        case .mapping where workspace.tree.count(of: node) > 0:
          for entry in workspace.tree.entries(of: node).reversed() {
            let key = workspace.tree.text(of: entry.key)
              .replacing("~", with: "~0").replacing("/", with: "~1")
            pending.append((entry.value, path + "/" + key))
          }
        case .sequence where workspace.tree.count(of: node) > 0:
          for (index, element) in workspace.tree.elements(of: node).enumerated().reversed() {
            pending.append((element, path + "/" + String(index)))
          }
        default:
          list.append(
            FieldOrigin(
              document: document, path: path, node: node, changes: changes[node] ?? [], workspace))
        }
      }
    }
    return list
  }

  private init(
    document: Int, path: String, node: ValueTree.NodeID, changes: [ValueTree.Change],
    _ workspace: Workspace
  ) {
    self.document = document
    self.path = path
    let own = workspace.tree.origin(of: node)
    let first = changes.first?.previous ?? own
    span = workspace.files.span(ofOrigin: first == 0 ? own : first)
    var list: [Change] = []
    for change in changes {
      let next: Change
      switch change.author {
      case Self.hashSuffix: next = .hashSuffix
      case Self.reference: next = .reference
      default:
        guard let span = workspace.files.span(ofOrigin: change.author) else { continue }
        next = .at(span)
      }
      if let span, next == .at(span) { continue }
      if list.last != next { list.append(next) }
    }
    self.changes = list
  }

}

extension BuildResult {
  /// The origins as lines of JSON, one object each: `document`, `path`, the `file`, `line` and
  /// `column` of the first value, and `changes` with the same or with `by`, which is `hashSuffix` or
  /// `reference`.
  ///
  /// - Parameter first: The number of the build's first document.
  public func originLines(from first: Int = 0) -> [UInt8] {
    var indexes: [SourceFile.ID: LineIndex] = [:]
    func place(_ span: SourceSpan) -> [(String, JSONValue)] {
      guard let file = files[span.file] else { return [] }
      let index = indexes[span.file] ?? LineIndex(file)
      indexes[span.file] = index
      let position = index.position(of: span.bytes.lowerBound)
      return [
        ("file", .string(file.name)), ("line", .integer(position.line)),
        ("column", .integer(position.column)),
      ]
    }
    var lines: [UInt8] = []
    for origin in origins {
      var members: [(String, JSONValue)] = [
        ("document", .integer(first + origin.document)), ("path", .string(origin.path)),
      ]
      if let span = origin.span { members += place(span) }
      if !origin.changes.isEmpty {
        let list = origin.changes.map { change -> JSONValue in
          switch change {
          case .at(let span): .object(place(span))
          case .hashSuffix: .object([("by", .string("hashSuffix"))])
          case .reference: .object([("by", .string("reference"))])
          }
        }
        members.append(("changes", .array(list)))
      }
      JSONValue.object(members).write(to: &lines)
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
  }
}
