/// What a user may name an image by: a reference, or the digest or identifier of its content alone.
public enum AnyReference: Hashable, Sendable {
  /// A name with optional tag and digest.
  case image(ImageReference)
  /// A digest without a name.
  case digest(ImageDigest)

  /// Reads 64 hexadecimal digits as a sha256 identifier, a bare digest as such and everything else as
  /// Docker reads references.
  public init(_ text: String) throws(ImageReference.ParseError) {
    let spelled = ImageReference.isIdentifier(text) ? "sha256:" + text : text
    if let digest = try? ImageDigest(spelled) {
      self = .digest(digest)
    } else {
      self = .image(try ImageReference(text))
    }
  }

  /// The form with nothing left to defaults but the tag.
  public var canonical: String {
    switch self {
    case .image(let reference): reference.canonical
    case .digest(let digest): digest.description
    }
  }

  /// The shortest form that means the same to Docker.
  public var familiar: String {
    switch self {
    case .image(let reference): reference.familiar
    case .digest(let digest): digest.description
    }
  }

  /// Whether the familiar form, or the familiar name without tag and digest, matches a shell pattern:
  /// `*` and `?` within a component, `[a-z]`, and `\` before a character that is meant literally.
  public func matches(_ pattern: GlobPattern) -> Bool {
    if pattern.matches(familiar) { return true }
    guard case .image(let reference) = self else { return false }
    return pattern.matches(reference.familiarName)
  }
}
