internal import ManifestKit
public import SourceText

/// Looks through a tree of overlays for what is forgotten, dead or twice there.
///
///     let check = OverlayCheck(below: ["manifests"])
///     for finding in check.findings { print(finding.summary) }
public struct OverlayCheck: Sendable {
  /// What was found, in the order of the files; errors of builds come first.
  public let findings: [Diagnostic]
  /// The files that the findings point into.
  public let files: SourceFiles
  /// Whether every overlay could be built; what is forgotten is only told if so.
  public let isComplete: Bool
  /// The kustomization files with fields that ``KustomizationEditor/fix(_:)`` rewrites.
  public let fixable: [String]

  /// What the rules look at.
  struct Context {
    /// One overlay that nothing else uses, as it was built.
    struct Build {
      var resources: [Resource]
      /// The manifests, as they are printed.
      var yaml: [UInt8]
    }

    let graph: OverlayGraph
    let folders: [String]
    let fileSystem: any FileSystem
    var builds: [Build] = []
    /// What the builds warned of, each once.
    var warnings: [Diagnostic] = []
    /// The files that were read, as absolute paths.
    var inputs: Set<String> = []
    /// Whether every overlay could be built.
    var isComplete = true
    let registry: FileRegistry
    var files: SourceFiles { registry.files }
  }

  /// Builds everything below some folders that nothing else uses, and lets the rules look at it.
  public init(
    below folders: [String], options: OverlayBuilder.Options = OverlayBuilder.Options(),
    fileSystem: any FileSystem = LocalFileSystem()
  ) {
    let registry = FileRegistry()
    let graph = OverlayGraph(below: folders, fileSystem: fileSystem, registry: registry)
    var context = Context(
      graph: graph, folders: folders, fileSystem: fileSystem, registry: registry)
    var errors: [Diagnostic] = graph.diagnostics.filter { $0.span == nil }
    let builder = OverlayBuilder(fileSystem: fileSystem, options: options)
    for root in graph.roots {
      let workspace = Workspace(files: registry)
      do throws(DiagnosticError) {
        let resources = try builder.resources(of: graph.nodes[root].path, workspace)
        let yaml = try builder.write(resources, workspace)
        context.builds.append(Context.Build(resources: resources, yaml: yaml))
      } catch {
        errors += error.diagnostics
        context.isComplete = false
      }
      context.warnings += workspace.diagnostics
      context.inputs.formUnion(workspace.inputs)
    }
    context.warnings = Self.distinct(context.warnings, context.files)
    let found = OverlayRule.all.flatMap { $0.check(context) }
    findings = Self.distinct(errors, context.files) + Self.sorted(found, context.files)
    files = context.files
    isComplete = context.isComplete && graph.diagnostics.isEmpty
    let deprecated = found.filter { $0.id == OverlayRule.deprecatedField.id }
    let names = deprecated.compactMap { $0.span.flatMap { context.files[$0.file]?.name } }
    fixable = Set(names).sorted()
  }

  /// The same thing said by several builds is said once.
  private static func distinct(_ diagnostics: [Diagnostic], _ files: SourceFiles) -> [Diagnostic] {
    var seen: Set<[String]> = []
    return diagnostics.filter { diagnostic in
      let place = diagnostic.span.map { span in
        "\(files[span.file]?.name ?? ""):\(span.bytes.lowerBound)"
      }
      return seen.insert([diagnostic.id.description, place ?? "", diagnostic.summary]).inserted
    }
  }

  private static func sorted(_ diagnostics: [Diagnostic], _ files: SourceFiles) -> [Diagnostic] {
    func key(_ diagnostic: Diagnostic) -> (String, Int, String) {
      let name = diagnostic.span.flatMap { files[$0.file]?.name } ?? diagnostic.path ?? ""
      return (name, diagnostic.span?.bytes.lowerBound ?? 0, diagnostic.id.description)
    }
    return diagnostics.sorted { key($0) < key($1) }
  }
}
