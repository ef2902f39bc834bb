public import ArgumentParser
internal import OverlayKit
internal import SourceText

/// Where a build takes remote resources from.
public struct RemoteOptions: ParsableArguments {
  @Flag(help: "Fetch remote resources that are not vendored, with git and curl.")
  var allowRemote = false

  @Option(
    help: "The folder with copies of remote resources that overlay-vendor made.",
    completion: .directory)
  var vendor = Self.vendorFolder

  private static let vendorFolder = "vendor/overlays"

  /// Creates the options; the fields are set by parsing.
  public init() {}

  /// The sources in order: copies first.
  func sources() throws(DiagnosticError) -> [any RemoteResources] {
    var sources: [any RemoteResources] = []
    if let vendored = try VendoredResources(vendor) { sources.append(vendored) }
    if allowRemote { sources.append(try Self.fetcher()) }
    return sources
  }

  /// The sources of a build without options.
  static func defaultSources() throws(DiagnosticError) -> [any RemoteResources] {
    try VendoredResources(vendorFolder).map { [$0] } ?? []
  }

  /// A source that fetches.
  static func fetcher() throws(DiagnosticError) -> RemoteFetcher {
    do throws(RemoteError) {
      return try RemoteFetcher()
    } catch {
      throw DiagnosticError(Diagnostic("no-cache", .error, error.description))
    }
  }
}
