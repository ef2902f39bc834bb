/// Where the registry of an image answers.
public struct RegistryAddress: Hashable, Sendable {
  /// Scheme, host and port, such as `https://registry-1.docker.io`.
  public let base: String
  /// The repository's name at the registry.
  public let repository: String

  /// The address of an image's repository.
  ///
  /// Plain HTTP is used for loopback addresses with a port, and for the hosts the caller names.
  public init(of image: ImageReference, plainHTTP: Set<String> = []) {
    let host = image.domain == ImageReference.defaultDomain ? "registry-1.docker.io" : image.domain
    let isPlain = plainHTTP.contains(host) || Self.isLoopback(host)
    base = (isPlain ? "http://" : "https://") + host
    repository = image.path
  }

  /// Whether a host names this machine: `localhost`, `127.0.0.0/8` or `[::1]`, with or without port.
  public static func isLoopback(_ host: String) -> Bool {
    let name: Substring
    if host.hasPrefix("[") {
      name = host.prefix { $0 != "]" }.dropFirst()
    } else {
      name = host.prefix { $0 != ":" }
    }
    if name == "localhost" || name == "::1" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// The address of the first page of tags.
  public var tagList: String { "\(base)/v2/\(repository)/tags/list?n=1000" }

  /// The address of a manifest, by tag or digest.
  public func manifest(_ reference: String) -> String {
    "\(base)/v2/\(repository)/manifests/\(reference)"
  }

  /// The address of a blob.
  public func blob(_ digest: String) -> String { "\(base)/v2/\(repository)/blobs/\(digest)" }

  /// What a token has to allow to read the repository.
  public var scope: String { "repository:\(repository):pull" }

  /// The origin of an address: scheme, host and port, in lower case.
  public static func origin(of url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return "" }
    let rest = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let host = rest.split(separator: "@").last ?? rest
    return (url[..<scheme.upperBound] + host).lowercased()
  }
}
