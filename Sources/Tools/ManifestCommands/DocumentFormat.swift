public import ArgumentParser
internal import ManifestKit
internal import SourceText

/// The values of `--output` where a command prints documents.
public enum DocumentFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// Documents in canonical form.
  case yaml
  /// A JSON document a line.
  case json

  /// Nodes in this format.
  func text(
    of nodes: [ValueTree.NodeID], in tree: ValueTree
  ) throws(CanonicalYAML.Failure) -> String {
    switch self {
    case .yaml: try CanonicalYAML.text(of: nodes, in: tree)
    case .json: nodes.map { tree.json(of: $0).text() + "\n" }.joined()
    }
  }
}
