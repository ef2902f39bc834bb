internal import ManifestKit
internal import SourceText

/// One entry of `images`.
struct ImageOverride: Hashable, Sendable {
  var name: String
  var newName = ""
  var newTag = ""
  var digest = ""
  var tagSuffix = ""
  var span: SourceSpan?
}

/// `images`: writes new names, tags and digests into the containers of every kind, wherever a
/// field `containers` or `initContainers` stands, and into the configured fields.
struct ImageTransformer: Transformer {
  let image: ImageOverride
  let fields: [FieldSpec]
  private let matcher: ImageNameMatcher

  init(image: ImageOverride, fields: [FieldSpec]) {
    self.image = image
    self.fields = fields
    matcher = ImageNameMatcher(image.name)
  }

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    var isUsed = false
    for resource in resources {
      if resource.kind != "CustomResourceDefinition" {
        updateContainers(below: resource.root, &isUsed, workspace)
      }
      let gvk = resource.gvk
      for field in fields {
        try located(resource, in: workspace) { () throws(FieldError) in
          try field.visit(resource.root, gvk: gvk, in: workspace, creating: .nothing) { node in
            if update(node, workspace) { isUsed = true }
          }
        }
      }
    }
    if isUsed { return }
    workspace.warn(
      "image-without-effect", "no container has the image '\(image.name)'", image.span,
      detail: "'name' is the image as it is written before this kustomization changes it.")
  }

  private func updateContainers(
    below root: ValueTree.NodeID, _ isUsed: inout Bool, _ workspace: Workspace
  ) {
    var stack = [root]
    while let node = stack.popLast() {
      switch workspace.tree.kind(of: node) {
      case .scalar: continue
      case .sequence: stack += workspace.tree.elements(of: node)
      case .mapping:
        for entry in workspace.tree.entries(of: node) {
          if workspace.tree.kind(of: entry.value) == .sequence,
            workspace.tree.hasText("containers", entry.key)
              || workspace.tree.hasText("initContainers", entry.key)
          {
            for container in workspace.tree.elements(of: entry.value) {
              if let image = workspace.tree.value("image", in: container) {
                if update(image, workspace) { isUsed = true }
              }
            }
          }
          stack.append(entry.value)
        }
      }
    }
  }

  /// Changes an image if it is the one; says whether it is.
  private func update(_ node: ValueTree.NodeID, _ workspace: Workspace) -> Bool {
    guard workspace.tree.kind(of: node) == .scalar else { return false }
    let value = workspace.tree.text(of: node)
    guard matcher.matches(value) else { return false }
    var (name, tag, digest) = Self.split(value)
    if !image.newName.isEmpty { name = image.newName }
    if !image.newTag.isEmpty {
      (tag, digest) = (image.newTag, image.digest)
    } else if !image.digest.isEmpty {
      (tag, digest) = ("", image.digest)
    } else if !image.tagSuffix.isEmpty {
      (tag, digest) = (tag + image.tagSuffix, "")
    }
    if !tag.isEmpty { name += ":" + tag }
    if !digest.isEmpty { name += "@" + digest }
    if name != value { workspace.tree.setText(name, of: node) }
    return true
  }

  /// Name, tag and digest of an image as it is written; a colon before the first slash belongs to
  /// the name's host.
  static func split(_ image: String) -> (name: String, tag: String, digest: String) {
    let slash = image.firstIndex(of: "/")
    let search = image[
      (slash == image.startIndex ? image.startIndex : slash ?? image.startIndex)...]
    let at = search.firstIndex(of: "@")
    let colon = search.firstIndex(of: ":")
    switch (at, colon) {
    case (nil, nil): return (image, "", "")
    case (let at?, let colon) where colon.map({ at < $0 }) ?? true:
      return (String(image[..<at]), "", String(image[image.index(after: at)...]))
    case (let at?, let colon?):
      return (
        String(image[..<colon]), String(image[image.index(after: colon)..<at]),
        String(image[image.index(after: at)...])
      )
    case (nil, let colon?):
      return (String(image[..<colon]), String(image[image.index(after: colon)...]), "")
    default: return (image, "", "")
    }
  }
}

/// Whether an image is of a name: the name, then at most a tag and a digest.
///
/// Kustomize reads the name as a regular expression; almost all are plain, and for those a
/// comparison does, with `.` standing for any character.
private struct ImageNameMatcher: @unchecked Sendable {
  private let name: [UInt8]
  private let expression: Regex<AnyRegexOutput>?

  init(_ name: String) {
    self.name = Array(name.utf8)
    let isPlain = name.utf8.allSatisfy { !Array("\\+*?()|[]{}^$".utf8).contains($0) }
    expression = isPlain ? nil : try? Regex("^(?:\(name))$")
  }

  func matches(_ image: String) -> Bool {
    let bytes = Array(image.utf8)
    guard let expression else {
      guard bytes.count >= name.count,
        zip(bytes, name).allSatisfy({ $0 == $1 || $1 == UInt8(ascii: ".") })
      else { return false }
      return Self.isTagAndDigest(bytes[name.count...])
    }
    // The shortest tail that is a tag and digest may start at any colon or at sign.
    for index in bytes.indices.reversed() + [] where Self.isTagAndDigest(bytes[index...]) {
      let head = String(decoding: bytes[..<index], as: UTF8.self)
      if head.wholeMatch(of: expression) != nil { return true }
    }
    return image.wholeMatch(of: expression) != nil
  }

  private static func isTagAndDigest(_ rest: ArraySlice<UInt8>) -> Bool {
    func isTagByte(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    var rest = rest
    if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst().drop(while: isTagByte) }
    let digest = Array("@sha256:".utf8)
    if rest.starts(with: digest) { rest = rest.dropFirst(digest.count).drop(while: isTagByte) }
    return rest.isEmpty
  }
}
