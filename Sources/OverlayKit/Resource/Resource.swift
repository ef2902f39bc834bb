internal import ManifestKit
internal import SourceText

/// One object on its way through a build.
///
/// A class, since accumulators, selections and references all speak of the same object while it
/// is renamed and patched.
final class Resource {
  /// The object in the workspace's tree.
  var root: ValueTree.NodeID { didSet { forgetIdentity() } }
  private var knownID: ResourceID?
  /// The names the object had at earlier stages, the first one first.
  private(set) var previousIDs: [ResourceID] = []
  /// The prefixes and suffixes that were added, in order.
  var prefixes: [String] = []
  var suffixes: [String] = []
  /// How a generated object joins one of the same name.
  var behavior = GeneratorBehavior.unspecified
  /// Whether a generator made it.
  var isGenerated = false
  /// Whether its name gets a hash of its contents.
  var needsHash = false
  /// Whether it was rendered from a chart, whose namespace is Helm's to set.
  var isFromChart = false
  /// The variables whose value the object gives.
  var variables: [String] = []
  /// Where it comes from, for `buildMetadata: [originAnnotations]`.
  var origin: ResourceOrigin?
  /// What changed it, for `buildMetadata: [transformerAnnotations]`.
  var transformations: [ResourceOrigin] = []
  /// Where it was written or generated.
  var span: SourceSpan?
  private let workspace: Workspace

  init(root: ValueTree.NodeID, in workspace: Workspace, span: SourceSpan? = nil) {
    self.root = root
    self.workspace = workspace
    self.span = span
  }

  /// A second resource with the same history, whose object is `root`, equal to this one's.
  func copy(root: ValueTree.NodeID, in workspace: Workspace) -> Resource {
    let copy = Resource(root: root, in: workspace, span: span)
    copy.knownID = knownID
    copy.previousIDs = previousIDs
    copy.prefixes = prefixes
    copy.suffixes = suffixes
    copy.behavior = behavior
    copy.isGenerated = isGenerated
    copy.needsHash = needsHash
    copy.isFromChart = isFromChart
    copy.variables = variables
    copy.origin = origin
    copy.transformations = transformations
    return copy
  }

  var gvk: GroupVersionKind { currentID.kind }

  var kind: String {
    get { currentID.kind.kind }
    set {
      workspace.tree.set("kind", in: root, to: workspace.tree.makeString(newValue))
      forgetIdentity()
    }
  }

  var name: String {
    get { currentID.name }
    set { setMetadata("name", newValue) }
  }

  var namespace: String {
    get { currentID.namespace }
    set {
      forgetIdentity()
      if newValue.isEmpty {
        if let metadata = workspace.tree.value("metadata", in: root) {
          workspace.tree.remove("namespace", from: metadata)
        }
      } else {
        setMetadata("namespace", newValue)
      }
    }
  }

  private func setMetadata(_ field: String, _ value: String) {
    let metadata = workspace.tree.makePath(["metadata"], in: root)
    // The node stays, and with it what is known of where it comes from.
    if let old = workspace.tree.value(field, in: metadata) {
      workspace.tree.setText(value, of: old, style: .plain, tag: .string)
    } else {
      workspace.tree.set(field, in: metadata, to: workspace.tree.makeString(value))
    }
    forgetIdentity()
  }

  /// What the object is called now.
  var currentID: ResourceID {
    if let knownID { return knownID }
    func text(_ key: String, _ map: ValueTree.NodeID?) -> String {
      guard let map, let node = workspace.tree.value(key, in: map) else { return "" }
      return workspace.tree.text(of: node)
    }
    let metadata = workspace.tree.value("metadata", in: root)
    let id = ResourceID(
      kind: GroupVersionKind(apiVersion: text("apiVersion", root), kind: text("kind", root)),
      namespace: text("namespace", metadata), name: text("name", metadata))
    knownID = id
    return id
  }

  /// To be called by whoever changes the object's names in the tree.
  func forgetIdentity() { knownID = nil }

  /// What the object was called in its file.
  var originalID: ResourceID { previousIDs.first ?? currentID }

  /// Every name the object has or had, the first one first.
  var allIDs: [ResourceID] { previousIDs + [currentID] }

  /// Remembers the current name, before it changes.
  func storePreviousID() {
    let id = currentID
    previousIDs.append(workspace.scopes.key(of: id))
  }

  /// Whether the original keeps notes on the object, which it does in the object's annotations.
  var hasNotes: Bool {
    !previousIDs.isEmpty || !prefixes.isEmpty || !suffixes.isEmpty || isGenerated
      || workspace.annotatesObjects
  }

  /// Forgets the names it had, and that it was generated.
  func forgetNotes() {
    previousIDs = []
    prefixes = []
    suffixes = []
    behavior = .unspecified
    isGenerated = false
    needsHash = false
  }

  /// What tells whether the object has been changed, or given another name and back.
  var fingerprint: [String] {
    var yaml: [UInt8] = []
    try? CanonicalYAML.write(root, in: workspace.tree, to: &yaml)
    return [String(decoding: yaml, as: UTF8.self)] + previousIDs.map(\.fullName) + prefixes
      + suffixes
  }

  /// Whether nothing is left of the object.
  var isEmpty: Bool {
    workspace.tree.isNull(root)
      || workspace.tree.kind(of: root) == .mapping
        && workspace.tree.count(of: root) == 0
  }

  /// The value of a label or an annotation.
  func metadata(_ section: String, _ key: String) -> String? {
    workspace.tree.text(at: "metadata", section, key, in: root)
  }

  /// Sets a label or an annotation, unless something else than a mapping stands there.
  func setMetadata(_ section: String, _ key: String, _ value: String) {
    let old = workspace.tree.value(at: ["metadata", section], in: root)
    if let old, !workspace.tree.isNull(old), workspace.tree.kind(of: old) != .mapping { return }
    let map = workspace.tree.makePath(["metadata", section], in: root)
    workspace.setEntry(key, of: map, to: workspace.tree.makeString(value))
  }

  /// Writes the annotations anew, as the original does at the end of each build: all values become
  /// text, keys lose their quotes, and without any entry the field goes.
  func rewriteAnnotations() {
    let metadata = workspace.tree.makePath(["metadata"], in: root)
    guard let annotations = workspace.tree.value("annotations", in: metadata) else { return }
    let entries = workspace.tree.entries(of: annotations)
    if entries.isEmpty {
      workspace.tree.remove("annotations", from: metadata)
      return
    }
    for entry in entries {
      workspace.tree.setStyle(.plain, of: entry.key)
      workspace.tree.setTag(.none, of: entry.key)
      guard workspace.tree.kind(of: entry.value) == .scalar else {
        workspace.tree.replace(entry.value, with: workspace.tree.makeString(""))
        continue
      }
      workspace.tree.setStyle(.plain, of: entry.value)
      workspace.tree.setTag(.string, of: entry.value)
    }
  }

  /// Whether there is a field for annotations.
  var hasAnnotations: Bool {
    workspace.tree.value("metadata", in: root).map {
      workspace.tree.value("annotations", in: $0) != nil
    } ?? false
  }

  /// Removes a label or an annotation.
  func removeMetadata(_ section: String, _ key: String) {
    guard let metadata = workspace.tree.value("metadata", in: root),
      let map = workspace.tree.value(section, in: metadata)
    else { return }
    workspace.tree.remove(key, from: map)
  }

  /// Whether two resources got the same prefixes and suffixes, or the last ones of the longer
  /// history are those of the shorter.
  func sharesPrefixesAndSuffixes(with other: Resource, allowEmpty: Bool) -> Bool {
    func share(_ left: [String], _ right: [String]) -> Bool {
      if allowEmpty && (left.isEmpty || right.isEmpty) { return true }
      let (short, long) = left.count < right.count ? (left, right) : (right, left)
      return short.isEmpty ? long.isEmpty : long.suffix(short.count) == short[...]
    }
    return share(prefixes, other.prefixes) && share(suffixes, other.suffixes)
  }
}

/// How a generated ConfigMap or Secret joins one of the same name.
enum GeneratorBehavior: String {
  case unspecified
  case create
  case replace
  case merge
}
