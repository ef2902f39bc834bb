public import ManifestKit
public import SourceText

/// Copies what was tried in one environment to the next: the image tags and digests that a
/// kustomization sets, and fields of choice, by edits of their lines that leave everything else as it
/// is.
///
///     let promotion = try Promotion(from: staging, to: production)
///     for change in promotion.changes { print(change.image, change.oldValue, change.newValue) }
public struct Promotion: Sendable {
  /// One image whose version changes, or one field.
  public struct Change: Hashable, Sendable {
    /// The image, as both kustomizations name it, or the field's path.
    public let image: String
    /// Tag, digest or value before; empty where there was none.
    public let oldValue: String
    /// Tag, digest or value now.
    public let newValue: String
    /// Where the old value stands.
    public let span: SourceSpan
  }

  /// The target kustomization's new contents.
  public let bytes: [UInt8]
  /// What changes, in the order of the target.
  public let changes: [Change]
  /// What could not be promoted: images that only one side has.
  public let diagnostics: [Diagnostic]

  /// Compares two kustomization files and plans the change of the second.
  ///
  /// - Parameters:
  ///   - source: The kustomization to take versions from.
  ///   - target: The kustomization to change.
  ///   - images: The images to promote; `nil` for all that both have.
  ///   - fields: Fields of the kustomization to promote as well, such as `replicas[name=api].count`.
  ///   - files: The set that the diagnostics point into; both files are added.
  /// - Throws: What is wrong with either file.
  public init(
    from source: SourceFile, to target: SourceFile, images: Set<String>? = nil,
    fields: [EditPath] = [], files: inout SourceFiles
  ) throws(DiagnosticError) {
    let sourceImages = try ImageEntries(source, file: files.add(source))
    let targetID = files.add(target)
    let targetImages = try ImageEntries(target, file: targetID)
    var plan = EditPlan()
    var changes: [Change] = []
    var diagnostics: [Diagnostic] = []
    for entry in targetImages.entries where images?.contains(entry.name) ?? true {
      guard let wanted = sourceImages.entries.first(where: { $0.name == entry.name }) else {
        diagnostics.append(
          Diagnostic(
            "image-not-in-source", .warning,
            "'\(source.name)' does not set the image '\(entry.name)'", span: entry.span))
        continue
      }
      guard wanted.version != entry.version, !wanted.version.isEmpty else { continue }
      if wanted.repository != entry.repository {
        // A tag may mean the same there; a digest is that of one image.
        let isKept = wanted.digest != nil
        diagnostics.append(
          Diagnostic(
            "other-repository", .warning,
            "'\(source.name)' takes '\(entry.name)' from \(wanted.repository), not from "
              + entry.repository,
            detail: isKept
              ? "The image stays as it is: a digest names one image of one repository."
              : "See that the tag is there, too.", span: entry.span))
        if isKept { continue }
      }
      for (field, old, new) in [
        ("newTag", entry.newTag, wanted.newTag), ("digest", entry.digest, wanted.digest),
      ] where old != new {
        let path = EditPath([.key(targetImages.field), .index(entry.index), .key(field)])
        if let new {
          plan.set(path, to: .string(new))
        } else {
          plan.delete(path)
        }
      }
      changes.append(
        Change(
          image: entry.name, oldValue: entry.version, newValue: wanted.version,
          span: entry.versionSpan ?? entry.span))
    }
    for name in sourceImages.entries.map(\.name) where images?.contains(name) ?? true {
      guard !targetImages.entries.contains(where: { $0.name == name }) else { continue }
      diagnostics.append(
        Diagnostic(
          "image-not-in-target", .warning, "'\(target.name)' does not set the image '\(name)'",
          detail: "Add it to 'images' there to promote it.", path: target.name))
    }
    for name in images ?? [] where !sourceImages.entries.contains(where: { $0.name == name }) {
      let known = sourceImages.entries.map(\.name)
      diagnostics.append(
        Diagnostic(
          "unknown-image", .error, "'\(source.name)' does not set the image '\(name)'",
          detail: Spelling.nearest(to: name, among: known).map { "Did you mean '\($0)'?" },
          path: source.name))
    }
    for field in fields {
      guard let wanted = sourceImages.root[field] else {
        diagnostics.append(
          Diagnostic(
            "unknown-field", .error, "'\(source.name)' has no field '\(field)'",
            path: source.name))
        continue
      }
      let old = targetImages.root[field]
      let (value, oldValue) = (try Self.json(wanted), try old.map(Self.json))
      guard value.text() != oldValue?.text() else { continue }
      plan.set(field, to: value)
      changes.append(
        Change(
          image: field.description, oldValue: oldValue.map(Self.text) ?? "",
          newValue: Self.text(value), span: old?.span ?? targetImages.root.span))
    }
    do throws(EditPlan.Failure) {
      bytes = try plan.apply(to: target, file: targetID)
    } catch {
      throw DiagnosticError(error.diagnostics)
    }
    self.changes = changes
    self.diagnostics = diagnostics
  }

  private static func json(_ node: YAMLNode) throws(DiagnosticError) -> JSONValue {
    var tree = ValueTree()
    let copy = try tree.add(node)
    return tree.json(of: copy)
  }

  private static func text(_ value: JSONValue) -> String { value.stringValue ?? value.text() }
}

/// The entries of a kustomization's `images`.
private struct ImageEntries {
  struct Entry {
    var index: Int
    var name: String
    /// Where the image comes from.
    var repository: String
    var newTag: String?
    var digest: String?
    var span: SourceSpan
    var versionSpan: SourceSpan?

    /// What the entry pins: the digest where there is one, else the tag.
    var version: String { [newTag, digest].compactMap(\.self).joined(separator: "@") }
  }

  var entries: [Entry] = []
  let root: YAMLNode
  /// The field, as the file spells it.
  var field = "images"

  init(_ source: SourceFile, file: SourceFile.ID) throws(DiagnosticError) {
    let stream = try YAMLStream(parsing: source, file: file)
    guard let root = stream.documents.first?.root, root.kind == .mapping else {
      throw DiagnosticError(
        Diagnostic(
          "not-a-kustomization", .error, "the file is no kustomization",
          span: SourceSpan(file: file, bytes: 0..<0)))
    }
    self.root = root
    let fields = try FieldTable(root)
    guard let images = fields["images"] ?? fields["imageTags"] else { return }
    field = images.key.text
    for (index, item) in images.value.resolved.elements.enumerated() {
      let item = item.resolved
      guard let name = item.field("name")?.text else { continue }
      let (newTag, digest) = (item.field("newTag"), item.field("digest"))
      entries.append(
        Entry(
          index: index, name: name, repository: item.field("newName")?.text ?? name,
          newTag: newTag?.text, digest: digest?.text,
          span: item.span, versionSpan: (digest ?? newTag)?.span))
    }
  }
}
