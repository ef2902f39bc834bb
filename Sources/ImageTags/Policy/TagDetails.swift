/// What a registry knows of a tag beside its name.
public struct TagDetails: Hashable, Sendable {
  /// The digest of the image or of its index, as the registry writes it; `nil` where it is not known.
  public var digest: String?
  /// When the image was built; `nil` where it is not known or the image does not say.
  public var created: Timestamp?
  /// What the image is built for; empty where it is not known.
  public var platforms: [ImageManifest.Platform]

  /// Creates details.
  public init(
    digest: String? = nil, created: Timestamp? = nil, platforms: [ImageManifest.Platform] = []
  ) {
    self.digest = digest
    self.created = created
    self.platforms = platforms
  }
}
