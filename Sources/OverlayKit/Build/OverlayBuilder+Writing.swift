internal import ManifestKit
internal import SourceText

extension OverlayBuilder {
  /// How many nodes make threads worth their start.
  private static let threshold = 20_000

  /// The resources as they are printed; many of them are written on all cores.
  func write(
    _ resources: [Resource], _ workspace: Workspace
  ) throws(DiagnosticError) -> [UInt8] {
    var output: [UInt8] = []
    guard resources.count > 1, workspace.tree.nodeCount > Self.threshold else {
      try write(resources[...], workspace, to: &output)
      return output
    }
    let cores = ParallelMap.coreCount
    let size = max(1, resources.count / (cores * 16))
    let groups = stride(from: 0, to: resources.count, by: size).map {
      resources[$0..<min(resources.count, $0 + size)]
    }
    // A few groups at a time, so that not all of the output is there twice.
    for start in stride(from: 0, to: groups.count, by: cores * 2) {
      let batch = groups[start..<min(groups.count, start + cores * 2)]
      let tree = workspace.tree
      let texts = ParallelMap.map(batch.map { $0.map(\.root) }) { Self.text(of: $0, in: tree) }
      for (group, text) in zip(batch, texts) {
        if let text {
          if !output.isEmpty { output += "---\n".utf8 }
          output += text
        } else {
          try write(group, workspace, to: &output)
        }
      }
    }
    return output
  }

  /// Several objects as text; `nil` where one of them needs more than writing.
  private static func text(of roots: [ValueTree.NodeID], in tree: ValueTree) -> [UInt8]? {
    var output: [UInt8] = []
    for root in roots {
      if !output.isEmpty { output += "---\n".utf8 }
      guard (try? CanonicalYAML.write(root, in: tree, to: &output, refoldsText: true)) != nil else {
        return nil
      }
    }
    return RereadText.hasSuspiciousEscape(output[...]) ? nil : output
  }

  /// Writes resources one by one.
  private func write(
    _ resources: ArraySlice<Resource>, _ workspace: Workspace, to output: inout [UInt8]
  ) throws(DiagnosticError) {
    for resource in resources {
      if !output.isEmpty { output += "---\n".utf8 }
      let start = output.count
      try Self.write(resource, workspace, to: &output)
      guard RereadText.hasSuspiciousEscape(output[start...]) else { continue }
      try RereadText.apply(to: resource, in: workspace)
      output.removeSubrange(start...)
      try Self.write(resource, workspace, to: &output)
    }
  }

  /// Writes one object.
  static func write(
    _ resource: Resource, _ workspace: Workspace, to output: inout [UInt8]
  ) throws(DiagnosticError) {
    do throws(CanonicalYAML.Failure) {
      try CanonicalYAML.write(
        resource.root, in: workspace.tree, to: &output, refoldsText: true)
    } catch {
      throw .located(
        "not-writable", "in \(resource.currentID): \(error.openMessage)",
        workspace.span(of: error.node) ?? resource.span)
    }
  }
}

extension CanonicalYAML.Failure {
  /// The failure in words, without the value at fault, which may have come from a Secret.
  var openMessage: String {
    switch reason {
    case .tagMismatch: "the text of a field does not fit its type"
    case .notFinite: "a number that is not finite has no place in JSON, nor in a Kubernetes object"
    case .keyIsNotString, .duplicateKey, .badBase64: message
    }
  }
}
