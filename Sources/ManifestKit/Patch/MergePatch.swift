/// JSON Merge Patch (RFC 7396): mappings merge, `null` removes, everything else replaces.
public enum MergePatch {
  /// Applies a patch of the same tree and returns the result, which is another node where the patch
  /// replaces the target. The patch's nodes may become part of the result.
  public static func apply(
    _ patch: ValueTree.NodeID, to target: ValueTree.NodeID, in tree: inout ValueTree
  ) -> ValueTree.NodeID {
    guard tree.kind(of: patch) == .mapping else { return patch }
    let result = tree.kind(of: target) == .mapping ? target : tree.makeMapping()
    for entry in tree.entries(of: patch) {
      let key = tree.text(of: entry.key)
      if tree.isNull(entry.value, .kubernetes) {
        tree.remove(key, from: result)
      } else if let old = tree.value(key, in: result) {
        let merged = apply(entry.value, to: old, in: &tree)
        if merged != old { tree.assume(old, contentsOf: merged) }
      } else {
        let merged = apply(entry.value, to: tree.makeNull(), in: &tree)
        tree.set(key, in: result, to: tree.shallowCopy(merged))
      }
    }
    return result
  }
}
