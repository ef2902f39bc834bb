internal import ManifestKit
public import SourceText

/// Renders what Flux's controller would apply: the Kustomizations of a cluster's folder, each built
/// from the repository.
///
/// The folder is built as Flux builds it, with a kustomization made for it where it has none. Every
/// Kustomization that comes out is built in turn, and those that come out of them, in the order that
/// `dependsOn` asks for. Nothing is decrypted, and no cluster is asked.
///
///     let result = FluxBuilder().build("clusters/staging", repository: ".")
///     if let yaml = result.yaml { print(String(decoding: yaml, as: UTF8.self)) }
public struct FluxBuilder: Sendable {
  /// How a build is done.
  public struct Options: Sendable {
    /// Manifests with ConfigMaps and Secrets that `substituteFrom` may name, beside those that the
    /// folder itself has; paths.
    public var substituteFrom: [String] = []
    /// Where remote resources come from; none are read by default.
    public var remotes: [any RemoteResources] = []
    /// How charts are rendered; not at all by default.
    public var charts: ChartOptions?

    /// The defaults.
    public init() {}
  }

  private let fileSystem: any FileSystem
  private let options: Options

  /// Creates a builder that reads through a file system.
  public init(fileSystem: any FileSystem = LocalFileSystem(), options: Options = Options()) {
    self.fileSystem = fileSystem
    self.options = options
  }

  /// Renders every Kustomization of a folder. No file is read outside the repository, the folder, and
  /// what ``Options/substituteFrom`` names, wherever links lead.
  ///
  /// - Parameters:
  ///   - folder: The cluster's folder.
  ///   - repository: The folder that `spec.path` is relative to.
  public func build(_ folder: String, repository: String) -> BuildResult {
    let files = FileRegistry()
    let confined = ConfinedFileSystem(fileSystem, to: [repository, folder])
    var build = OverlayBuilder.Options()
    build.remotes = options.remotes
    build.charts = options.charts
    var run = FluxRun(
      builder: OverlayBuilder(fileSystem: confined, options: build), variableFiles: fileSystem,
      files: files)
    var yaml: [UInt8]?
    do throws(DiagnosticError) {
      yaml = try run.render(
        folder, repository: repository, variableFiles: options.substituteFrom)
    } catch {
      run.diagnostics += error.diagnostics
    }
    return BuildResult(
      yaml, files.hosted(DiagnosticError(run.diagnostics)).diagnostics, files.files, run.inputs)
  }
}
