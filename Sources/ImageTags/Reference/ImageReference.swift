/// The name of an image: `domain/path:tag@digest`, each part but the path optional.
///
/// ```swift
/// let image: ImageReference = "nginx:1.27"   // or try ImageReference(text)
/// image.description      // "nginx:1.27", as it was written
/// image.canonical        // "docker.io/library/nginx:1.27"
/// image.familiar         // "nginx:1.27"
/// ```
///
/// The default reading is Docker's: a first component is a domain only if it is `localhost`, has a
/// dot, a colon or an upper-case letter; otherwise the image lives on `docker.io`, and single names
/// in its `library`. Equality is that of the canonical form.
public struct ImageReference: Sendable {
  /// The registry, such as `docker.io` or `localhost:5000`; empty where the strict reading found none.
  public let domain: String
  /// The repository's path below the registry.
  public let path: String
  /// The tag, if one is named.
  public let tag: String?
  /// The digest, if one is named.
  public let digest: ImageDigest?
  /// The text the reference was read from, or its canonical form.
  public let original: String

  /// The registry that names without one belong to.
  public static let defaultDomain = "docker.io"

  /// The largest number of bytes of a path.
  public static let maximumPathLength = 255

  init(
    unchecked domain: String, path: String, tag: String?, digest: ImageDigest?, original: String?
  ) {
    self.domain = domain
    self.path = path
    self.tag = tag
    self.digest = digest
    let name = domain.isEmpty ? path : domain + "/" + path
    self.original = original ?? Self.spell(name, tag, digest)
  }

  /// Domain and path, without tag and digest.
  public var name: String { domain.isEmpty ? path : domain + "/" + path }

  /// The whole reference with nothing left to defaults but the tag.
  public var canonical: String { Self.spell(name, tag, digest) }

  /// The shortest name that means the same to Docker.
  public var familiarName: String {
    guard domain == Self.defaultDomain else { return name }
    let components = path.split(separator: "/", omittingEmptySubsequences: false)
    return components.count == 2 && components[0] == "library" ? String(components[1]) : path
  }

  /// The shortest reference that means the same to Docker.
  public var familiar: String { Self.spell(familiarName, tag, digest) }

  /// Whether neither tag nor digest is named, so that `latest` is meant.
  public var isNameOnly: Bool { tag == nil && digest == nil }

  /// The same reference, with the tag `latest` where neither tag nor digest is named.
  public var withDefaultTag: ImageReference {
    guard isNameOnly else { return self }
    return ImageReference(
      unchecked: domain, path: path, tag: "latest", digest: nil, original: nil)
  }

  /// The same image without its tag where a digest says which one is meant, and with the tag
  /// `latest` where nothing does: what a container runtime pulls.
  public var pullable: ImageReference {
    guard digest != nil else { return withDefaultTag }
    return ImageReference(
      unchecked: domain, path: path, tag: nil, digest: digest, original: nil)
  }

  private static func spell(_ name: String, _ tag: String?, _ digest: ImageDigest?) -> String {
    var text = name
    if let tag { text += ":" + tag }
    if let digest { text += "@" + digest.description }
    return text
  }
}

extension ImageReference: Hashable {
  /// Whether both name the same image in the same way, however they are spelled.
  public static func == (left: ImageReference, right: ImageReference) -> Bool {
    left.domain == right.domain && left.path == right.path && left.tag == right.tag
      && left.digest == right.digest
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(domain)
    hasher.combine(path)
    hasher.combine(tag)
    hasher.combine(digest)
  }
}

extension ImageReference: CustomStringConvertible {
  /// The reference as it was written.
  public var description: String { original }
}

extension ImageReference: ExpressibleByStringLiteral {
  /// Creates a reference from a literal; a literal that is no reference stops the program.
  public init(stringLiteral value: String) {
    do throws(ParseError) {
      try self.init(value)
    } catch {
      preconditionFailure("\(value): \(error)")
    }
  }
}
