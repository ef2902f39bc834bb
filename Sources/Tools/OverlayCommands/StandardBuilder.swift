internal import OverlayKit
internal import SourceText
internal import ToolSupport

extension OverlayBuilder {
  /// The builder that every tool builds with unless its options say otherwise: variables of the
  /// environment are seen, and vendored copies of remote resources are read.
  static func standard(
    _ remote: RemoteOptions, _ helm: HelmOptions,
    fileSystem: any FileSystem = LocalFileSystem()
  ) throws(DiagnosticError) -> OverlayBuilder {
    var options = Options()
    options.environment = ProcessEnvironment.value
    options.remotes = try remote.sources()
    options.charts = helm.charts
    return OverlayBuilder(fileSystem: fileSystem, options: options)
  }

  /// The same without options.
  static func standard(
    fileSystem: any FileSystem = LocalFileSystem()
  ) throws(DiagnosticError) -> OverlayBuilder {
    var options = Options()
    options.environment = ProcessEnvironment.value
    options.remotes = try RemoteOptions.defaultSources()
    return OverlayBuilder(fileSystem: fileSystem, options: options)
  }
}
