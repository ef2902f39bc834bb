/// Where a build takes what is remote from: copies in the project, a cache, the network.
///
/// A build has none unless it is given one in ``OverlayBuilder/Options/remotes``, so nothing is ever
/// fetched by itself.
public protocol RemoteResources: Sendable {
  /// A copy of a repository, or `nil` where this source does not have it.
  func repository(
    _ reference: RepositoryReference
  ) throws(RemoteError) -> RemoteRepository?

  /// The contents of a file, or `nil` where this source does not have it.
  func file(_ url: String) throws(RemoteError) -> [UInt8]?
}

/// A copy of a repository on this machine.
public struct RemoteRepository: Hashable, Sendable {
  /// Its folder, absolute.
  public let folder: String
  /// The commit it is at, in hexadecimal digits.
  public let commit: String

  /// Creates a description.
  public init(folder: String, commit: String) {
    self.folder = folder
    self.commit = commit
  }
}

/// Why something remote is not to be had.
public struct RemoteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  /// Creates an error.
  public init(_ description: String) { self.description = description }
}
