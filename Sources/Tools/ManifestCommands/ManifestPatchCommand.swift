public import ArgumentParser
internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// `manifest-patch`: the patches of Kubernetes, offline.
public struct ManifestPatchCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "manifest-patch",
    abstract: "Apply a patch to Kubernetes manifests as kubectl or Kustomize does.",
    discussion: """
      Types: strategic and merge (kubectl patch), json (RFC 6902), kustomize (the strategic merge of \
      overlays). A patch that has apiVersion, kind and name is applied to that object only; \
      otherwise to those that --kind, --name and --namespace choose. All objects are printed, in \
      canonical form. Lists of custom resources merge by the keys that their definitions give, among \
      the inputs or with --crd. Exit status 1 when the patch has no target.

      Example: manifest-patch replicas.yaml web.yaml --type strategic
      """,
    version: ToolVersion.current)

  /// The values of `--type`.
  public enum PatchType: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Strategic merge patch, as `kubectl patch`.
    case strategic
    /// JSON Merge Patch.
    case merge
    /// JSON Patch.
    case json
    /// Strategic merge as in a kustomization.
    case kustomize
  }

  @Argument(help: "The patch, YAML or JSON.")
  var patch: String

  @Argument(help: "Files and folders; - or nothing is standard input.")
  var files: [String] = []

  @Option(help: "What the patch is: strategic, merge, json or kustomize.")
  var type = PatchType.strategic

  @Option(help: "A file or folder of CustomResourceDefinitions; may be repeated.")
  var crd: [String] = []

  @Option(help: "How the objects are written: yaml, or json with an object a line.")
  var output = DocumentFormat.yaml

  @OptionGroup var objects: ObjectOptions
  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Patches the targets and prints everything.
  public func run() throws {
    var input = ManifestInput()
    input.read([patch])
    let patchCount = input.streams.count
    input.read(files)
    let count = input.streams.count
    if !crd.isEmpty { input.read(crd) }
    let definitions = SchemaTable(
      customResources: input.streams.dropFirst(patchCount).flatMap(\.documents))
    var tree = ValueTree()
    var isApplied = false
    do {
      guard !input.diagnostics.hasErrors else { throw DiagnosticError(input.diagnostics) }
      let patches = try input.streams.prefix(patchCount).flatMap { try tree.add(documentsOf: $0) }
      var targets = try input.streams[..<count].dropFirst(patchCount).flatMap {
        try tree.add(documentsOf: $0)
      }
      targets.removeAll { tree.isNull($0) }
      for patch in patches where !tree.isNull(patch) {
        for index in targets.indices.reversed() where matches(targets[index], patch, tree) {
          isApplied = true
          let copy = tree.copy(patch)
          if let result = try apply(copy, to: targets[index], definitions, &tree) {
            targets[index] = result
          } else {
            targets.remove(at: index)
          }
        }
      }
      StandardStreams.writeOutput(try output.text(of: targets, in: tree))
    } catch {
      reporting.report(diagnostics(error), files: input.files, tool: "manifest-patch")
      throw ExitStatus.failure.code
    }
    guard isApplied else {
      let diagnostic = Diagnostic(
        "patch-without-target", .error, "no object matches the patch", path: patch)
      reporting.report([diagnostic], files: input.files, tool: "manifest-patch")
      throw ExitStatus.negative.code
    }
  }

  private func matches(
    _ target: ValueTree.NodeID, _ patch: ValueTree.NodeID, _ tree: ValueTree
  ) -> Bool {
    guard let id = ResourceID(of: target, in: tree), objects.filter.accepts(id) else {
      return false
    }
    guard let wanted = ResourceID(of: patch, in: tree), !wanted.name.isEmpty else { return true }
    return wanted == id
  }

  private func apply(
    _ patch: ValueTree.NodeID, to target: ValueTree.NodeID, _ definitions: SchemaTable,
    _ tree: inout ValueTree
  ) throws -> ValueTree.NodeID? {
    let kind = ResourceID(of: target, in: tree)?.kind
    let isDefined = kind.map { definitions.type(of: $0) != nil } ?? false
    return switch type {
    case .strategic:
      try StrategicMergePatch(schema: isDefined ? definitions : .kubernetes())
        .apply(patch, to: target, in: &tree)
    case .merge: MergePatch.apply(patch, to: target, in: &tree)
    case .json: try JSONPatch(patch, in: tree).apply(to: target, in: &tree)
    case .kustomize:
      try KustomizeMerge(schema: isDefined ? definitions : .kustomize)
        .merge(patch, into: target, in: &tree)
    }
  }

  private func diagnostics(_ error: any Error) -> [Diagnostic] {
    switch error {
    case let error as DiagnosticError: error.diagnostics
    case let error as PatchFailure:
      [Diagnostic("patch-failed", .error, error.description, path: patch)]
    case let error as KustomizeMerge.Failure:
      [Diagnostic("patch-failed", .error, error.message, path: patch)]
    case let error as CanonicalYAML.Failure: [Diagnostic("cannot-write", .error, error.message)]
    default: [Diagnostic("patch-failed", .error, "\(error)", path: patch)]
    }
  }
}
