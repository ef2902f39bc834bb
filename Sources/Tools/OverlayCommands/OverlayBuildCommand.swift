public import ArgumentParser
internal import OverlayKit
internal import SourceText
public import ToolSupport

/// `overlay-build`: ``OverlayKit/OverlayBuilder/build(_:)``.
public struct OverlayBuildCommand: ParsableCommand, RunsOperands {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "overlay-build",
    abstract: "Build Kustomize overlays and print the manifests.",
    discussion: """
      Prints, byte for byte, what 'kustomize build' prints. No file outside a kustomization's folder \
      is read. Remote resources come from the copies that overlay-vendor made; nothing is fetched and \
      no program is run unless --allow-remote or --enable-helm is given.

      With --flux the folders are those of clusters: every Flux Kustomization in them is rendered as \
      the controller would apply it, postBuild included, dependencies first.

      Example: overlay-build manifests/overlays/staging | manifest-validate -
      Example: overlay-build --flux clusters/staging
      Example: overlay-build --revision main overlays/prod > old.yaml && \
      overlay-build overlays/prod | manifest-diff old.yaml -
      """,
    version: ToolVersion.current)

  /// Whether files outside a kustomization's folder may be read.
  public enum LoadRestrictor: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// They may not.
    case rootOnly = "LoadRestrictionsRootOnly"
    /// They may.
    case none = "LoadRestrictionsNone"
  }

  @Argument(help: "Folders with a kustomization.yaml.", completion: .directory)
  var folders: [String] = ["."]

  @Option(help: "Which files a kustomization may name.")
  var loadRestrictor = LoadRestrictor.rootOnly

  @Option(
    name: [.short, .long], help: "A file to write to, in one step, instead of standard output.")
  var output: String?

  @Option(
    help: """
      A file with paths, one a line ('-' for standard input): print the folders among those given \
      whose build reads one of them, instead of the manifests.
      """)
  var affectedBy: String?

  @Option(
    help: """
      A file to write to where every field of the manifests comes from and what changed it: one JSON \
      object a line.
      """)
  var origins: String?

  @Flag(help: "Render the Flux Kustomizations of the folders.")
  var flux = false

  @Option(
    help: "With --flux: the folder that 'spec.path' is relative to.", completion: .directory)
  var repository = "."

  @Option(
    help: """
      With --flux: a file with ConfigMaps and Secrets that 'substituteFrom' may name; may be given \
      more than once.
      """, completion: .file())
  var substituteFrom: [String] = []

  @Option(help: "Build what a Git revision holds, such as origin/main, instead of the work tree.")
  var revision: String?

  @Flag(help: "Fail where there is a warning.")
  var strict = false

  @OptionGroup var remote: RemoteOptions
  @OptionGroup var helm: HelmOptions
  @OptionGroup var reporting: ReportingOptions

  /// Creates the command; the fields are set by parsing.
  public init() {}

  /// Refuses options that would say nothing together.
  public func validate() throws {
    if flux {
      guard origins == nil, affectedBy == nil else {
        throw ValidationError("--origins and --affected-by do not go with --flux")
      }
    } else if repository != "." || !substituteFrom.isEmpty {
      throw ValidationError("--repository and --substitute-from go with --flux")
    }
    guard affectedBy == nil || revision == nil else {
      throw ValidationError("--affected-by looks at the work tree: leave --revision out")
    }
    guard origins == nil || origins != output else {
      throw ValidationError("--origins and --output need files of their own")
    }
  }

  /// Builds every folder; prints nothing where one of them fails.
  public func run() throws {
    let results: [BuildResult]
    do throws(DiagnosticError) {
      if let affectedBy { return try printAffected(by: affectedBy) }
      results = try build()
    } catch {
      reporting.report(error.diagnostics, files: SourceFiles(), tool: "overlay-build")
      throw ExitStatus.failure.code
    }
    let yaml = try Self.joined(results, strict: strict) { diagnostics, files in
      reporting.report(diagnostics, files: files, tool: "overlay-build")
    }
    if let origins {
      try OutputWriter.write(
        Self.origins(of: results), to: origins, reporting, tool: "overlay-build")
    }
    try OutputWriter.write(yaml, to: output, reporting, tool: "overlay-build")
  }

  /// The builds of all folders, in the work tree or as a revision holds them.
  private func build() throws(DiagnosticError) -> [BuildResult] {
    let tree: RevisionTree?
    if let revision { tree = try RevisionTree(revision) } else { tree = nil }
    defer { tree?.close() }
    let builder = try builder()
    return flux ? try folders.map(renderFlux) : builder.build(folders)
  }

  private func builder() throws(DiagnosticError) -> OverlayBuilder {
    var options = OverlayBuilder.Options.standard
    options.restrictsFiles = loadRestrictor == .rootOnly
    options.charts = helm.charts
    options.listsOrigins = origins != nil
    options.remotes = try remote.sources()
    return OverlayBuilder(options: options)
  }

  /// The origins of all builds, their documents numbered as they are printed.
  private static func origins(of results: [BuildResult]) -> [UInt8] {
    var lines: [UInt8] = []
    var first = 0
    for result in results {
      lines += result.originLines(from: first)
      first += (result.origins.last?.document ?? -1) + 1
    }
    return lines
  }

  /// The same with all options as they are by default.
  public static func run(operands: [String]) throws {
    func report(_ diagnostics: [Diagnostic], _ files: SourceFiles) {
      if diagnostics.isEmpty { return }
      let renderer = HumanRenderer(color: StandardStreams.errorWantsColor)
      StandardStreams.writeError(renderer.render(diagnostics, files: files))
    }
    let builder: OverlayBuilder
    do throws(DiagnosticError) {
      builder = try OverlayBuilder.standard()
    } catch {
      report(error.diagnostics, SourceFiles())
      throw ExitStatus.failure.code
    }
    let yaml = try joined(builder.build(operands), strict: false, report)
    StandardStreams.writeOutput(yaml)
  }

  private func renderFlux(_ folder: String) throws(DiagnosticError) -> BuildResult {
    var options = FluxBuilder.Options()
    options.substituteFrom = substituteFrom
    options.remotes = try remote.sources()
    options.charts = helm.charts
    return FluxBuilder(options: options).build(folder, repository: repository)
  }

  /// The manifests of all builds; an error where one of them failed.
  private static func joined(
    _ results: [BuildResult], strict: Bool, _ report: ([Diagnostic], SourceFiles) -> Void
  ) throws -> [UInt8] {
    var yaml: [UInt8] = []
    var failed = false
    for (diagnostics, files) in findings(of: results) { report(diagnostics, files) }
    for result in results {
      guard let built = result.yaml, !strict || result.diagnostics.isEmpty else {
        failed = true
        continue
      }
      if !yaml.isEmpty, !built.isEmpty { yaml += "---\n".utf8 }
      yaml += built
    }
    if failed { throw ExitStatus.failure.code }
    return yaml
  }

  /// What there is to say about all builds, each thing once: of builds that share their files in one
  /// piece, since a document of findings cannot be followed by another.
  private static func findings(of results: [BuildResult]) -> [([Diagnostic], SourceFiles)] {
    guard results.count > 1, results.allSatisfy(\.sharesFiles) else {
      return results.map { ($0.diagnostics, $0.files) }
    }
    var seen: Set<Diagnostic> = []
    let diagnostics = results.flatMap(\.diagnostics).filter { seen.insert($0).inserted }
    // Whoever came last has seen all files.
    let files = results.map(\.files).max { $0.count < $1.count }
    return [(diagnostics, files ?? SourceFiles())]
  }

  /// Prints the folders that a list of changed files affects.
  private func printAffected(by list: String) throws(DiagnosticError) {
    let source: SourceFile
    do throws(FileError) {
      source = try InputReader().read(list)
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
    let here = (try? LocalFileSystem().resolve(".")) ?? "/"
    let changed = Set(
      String(decoding: source.bytes, as: UTF8.self).split(separator: "\n").map {
        FilePath.normalize(String($0), in: here)
      })
    for folder in try builder().affected(folders, by: changed) {
      StandardStreams.writeOutput(folder + "\n")
    }
  }
}
