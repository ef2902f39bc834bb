public import ArgumentParser
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `overlay-build`: ``OverlayKit/OverlayBuilder/build(_:)``.
public struct OverlayBuildCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "overlay-build",
    abstract: "Builds Kustomize overlays and prints the manifests.",
    discussion: """
      Prints, byte for byte, what 'kustomize build' prints. Nothing is fetched, no program is run,
      and no file outside a kustomization's folder is read.

      Example: overlay-build manifests/overlays/staging | manifest-validate -
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

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command; the fields are set by parsing.
  public init() {}

  /// Builds every folder; prints nothing where one of them fails.
  public func run() throws {
    var options = OverlayBuilder.Options()
    options.restrictsFiles = loadRestrictor == .rootOnly
    options.environment = ProcessEnvironment.variables
    let builder = OverlayBuilder(options: options)
    var yaml: [UInt8] = []
    var failed = false
    for folder in folders {
      let result = builder.build(folder)
      reporting.report(result.diagnostics, files: result.files, tool: "overlay-build")
      guard let built = result.yaml else {
        failed = true
        continue
      }
      if !yaml.isEmpty, !built.isEmpty { yaml += "---\n".utf8 }
      yaml += built
    }
    if failed { throw ExitStatus.failure.code }
    try OutputWriter.write(yaml, to: output, reporting, tool: "overlay-build")
  }
}
