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

  var span: SourceSpan? { image.span }

  init(image: ImageOverride, fields: [FieldSpec]) {
    self.image = image
    self.fields = fields
    matcher = ImageNameMatcher(image.name)
  }

  func transform(
    _ resources: inout [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    guard !matcher.isMalformed else {
      throw .located(
        "bad-image-name", "the image name '\(image.name)' is no regular expression", image.span,
        detail: "Put a backslash before each of its special characters.")
    }
    var isUsed = false
    // A definition describes containers, and has none.
    for resource in resources where resource.kind != "CustomResourceDefinition" {
      try located(resource, in: workspace) { () throws(FieldError) in
        try updateContainers(below: resource.root, &isUsed, workspace)
      }
      let gvk = resource.gvk
      for field in fields {
        try located(resource, in: workspace) { () throws(FieldError) in
          try field.visit(resource.root, gvk: gvk, in: workspace, creating: .nothing) {
            node throws(FieldError) in
            if try update(node, workspace) { isUsed = true }
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
  ) throws(FieldError) {
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
                if try update(image, workspace) { isUsed = true }
              }
            }
          }
          stack.append(entry.value)
        }
      }
    }
  }

  /// Changes an image if it is the one; says whether it is.
  private func update(
    _ node: ValueTree.NodeID, _ workspace: Workspace
  ) throws(FieldError) -> Bool {
    guard workspace.tree.kind(of: node) == .scalar else {
      throw FieldError(message: "an image must be a scalar", node: node)
    }
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
    if name != value {
      workspace.tree.setText(name, of: node)
      workspace.untypedScalars.insert(node)
    }
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
