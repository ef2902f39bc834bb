internal import OverlayKit
internal import SourceText
internal import ToolSupport

extension OverlayBuilder.Options {
  /// What every tool builds with unless its options say otherwise: variables of the environment are
  /// seen.
  static var standard: OverlayBuilder.Options {
    var options = OverlayBuilder.Options()
    options.environment = ProcessEnvironment.value
    return options
  }
}

extension OverlayBuilder {
  /// The builder of some options.
  static func standard(
    _ remote: RemoteOptions, _ helm: HelmOptions,
    fileSystem: any FileSystem = LocalFileSystem()
  ) throws(DiagnosticError) -> OverlayBuilder {
    var options = Options.standard
    options.remotes = try remote.sources()
    options.charts = helm.charts
    return OverlayBuilder(fileSystem: fileSystem, options: options)
  }

  /// The builder without options, which reads vendored copies of remote resources.
  static func standard(
    fileSystem: any FileSystem = LocalFileSystem()
  ) throws(DiagnosticError) -> OverlayBuilder {
    var options = Options.standard
    options.remotes = try RemoteOptions.defaultSources()
    return OverlayBuilder(fileSystem: fileSystem, options: options)
  }
}
