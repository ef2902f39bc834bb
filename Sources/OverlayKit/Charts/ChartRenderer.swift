/// Runs Helm for builds: fetches charts and renders them.
///
/// A build has none unless it is given one in ``OverlayBuilder/Options/charts``; a kustomization with
/// `helmCharts` is refused then.
public protocol ChartRenderer: Sendable {
  /// Fetches a chart, with the arguments of `helm pull`.
  ///
  /// - Parameter configHome: The folder of Helm's configuration; `nil` for an empty one.
  func pull(_ arguments: [String], configHome: String?) throws(ChartError)

  /// Renders a chart and gives the manifests.
  ///
  /// - Parameters:
  ///   - values: The contents of the values file, which is to be written where `arguments` are told.
  ///   - arguments: The arguments of `helm template` for the path of that file.
  ///   - configHome: The folder of Helm's configuration; `nil` for an empty one.
  func template(
    values: [UInt8], configHome: String?, _ arguments: (_ valuesFile: String) -> [String]
  ) throws(ChartError) -> [UInt8]
}

/// Why a chart could not be fetched or rendered.
public struct ChartError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in Helm's words where it said any.
  public let description: String

  /// Creates an error.
  public init(_ description: String) { self.description = description }
}

/// How the charts of a build are rendered.
public struct ChartOptions: Sendable {
  /// What runs Helm.
  public var renderer: any ChartRenderer
  /// The version of Kubernetes for charts that name none.
  public var kubeVersion = ""
  /// The API versions for charts that name none.
  public var apiVersions: [String] = []

  /// Creates options.
  public init(_ renderer: any ChartRenderer) { self.renderer = renderer }
}
