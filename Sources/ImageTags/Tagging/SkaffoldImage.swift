/// Images and tags as Skaffold handles them.
public enum SkaffoldImage {
  /// The longest tag a registry accepts.
  static let maximumTagLength = 128

  /// Reads an image name, freed of `ko://` and with its repository in lower case.
  public static func reference(
    _ image: String
  ) throws(ImageReference.ParseError) -> ImageReference {
    let image = image.hasPrefix("ko://") ? String(image.dropFirst(5)) : image
    // Only the name may be lowered, and only if the whole is well-formed but for its case.
    if let parts = ReferenceGrammar.parts(of: image.lowercased()) {
      let name = (parts.domain.isEmpty ? "" : parts.domain + "/") + parts.path
      return try ImageReference(name + image.dropFirst(name.count), .grammar)
    }
    return try ImageReference(image, .grammar)
  }

  /// Whether the reference pins its image: a digest, or a tag other than `latest`.
  public static func isFullyQualified(_ reference: ImageReference) -> Bool {
    reference.digest != nil || reference.tag.map { $0 != "latest" } ?? false
  }

  /// The image with another tag, or without one; a digest stays.
  public static func replacingTag(
    of image: String, with tag: String
  ) throws(ImageReference.ParseError) -> String {
    let reference = try reference(image)
    return reference.name + (tag.isEmpty ? "" : ":" + tag)
      + (reference.digest.map { "@" + $0.description } ?? "")
  }

  /// Image and generated tag together; an empty tag keeps the image as it is.
  public static func fullName(
    _ image: String, tag: String
  ) throws(ImageReference.ParseError) -> String {
    let name = tag.isEmpty ? image : image + ":" + tag
    return try ImageReference(name, .grammar).canonical
  }

  /// The tag of the `sha256` policy: `latest`, or none where the image already has a tag.
  public static func sha256Tag(for image: String) throws(ImageReference.ParseError) -> String {
    try reference(image).tag == nil ? "latest" : ""
  }

  /// Text made fit for a tag: other characters, and dots and dashes at the beginning, become `_`;
  /// what is over 128 characters is cut.
  public static func sanitizedTag(_ text: String) -> String {
    var isStart = true
    let scalars = text.unicodeScalars.map { scalar -> Character in
      let isDotOrDash = scalar == "-" || scalar == "."
      let isAllowed =
        scalar.isASCII
        && (UInt8(scalar.value).isIdentifierByte || scalar == "." || scalar == "_")
      if !isDotOrDash { isStart = false }
      return isAllowed && !(isStart && isDotOrDash) ? Character(scalar) : "_"
    }
    return String(scalars.prefix(maximumTagLength))
  }
}
