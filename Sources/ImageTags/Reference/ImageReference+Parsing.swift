extension ImageReference {
  /// How a text is read.
  public enum Reading: Sendable {
    /// Docker's: missing domains are `docker.io`, missing namespaces `library`.
    case docker
    /// The bare grammar: nothing is filled in, and any first component may be a domain.
    case grammar
  }

  /// Why a text is not a reference.
  public enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text is empty.
    case empty
    /// The repository name has upper-case letters.
    case uppercaseName(String)
    /// 64 hexadecimal digits alone: an image's identifier, which cannot be a name.
    case identifier
    /// The path has more than 255 bytes.
    case nameTooLong
    /// The digest is not one.
    case digest(ImageDigest.ParseError)
    /// Anything else the grammar does not allow.
    case malformed

    /// The reason in words.
    public var description: String {
      switch self {
      case .empty: "a repository name must have at least one component"
      case .uppercaseName(let name): "the repository name '\(name)' must be lower case"
      case .identifier: "64 hexadecimal digits cannot be a repository name"
      case .nameTooLong: "the repository name is longer than \(maximumPathLength) bytes"
      case .digest(let reason): reason.description
      case .malformed: "not an image reference"
      }
    }
  }

  /// Reads a reference. O(n).
  public init(_ text: String, _ reading: Reading = .docker) throws(ParseError) {
    switch reading {
    case .grammar: self = try Self.parse(text, original: text)
    case .docker:
      guard !Self.isIdentifier(text) else { throw .identifier }
      let (domain, remainder) = Self.splitDomain(text)
      let remote = remainder.prefix { $0 != ":" }
      guard !remote.contains(where: \.isUppercase) else {
        throw .uppercaseName(String(remote))
      }
      self = try Self.parse(domain + "/" + remainder, original: text)
    }
  }

  /// Whether a text is an image's identifier, 64 lower-case hexadecimal digits.
  static func isIdentifier(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { $0.isDigit || $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f") }
  }

  private static func splitDomain(_ name: String) -> (domain: String, remainder: String) {
    guard let slash = name.firstIndex(of: "/") else { return (defaultDomain, "library/" + name) }
    let first = name[..<slash]
    let rest = name[name.index(after: slash)...]
    let domain: String
    var remainder: String
    if first == "index.docker.io" || first == "docker.io" {
      (domain, remainder) = (defaultDomain, String(rest))
    } else if first == "localhost" || first.contains(where: { $0 == "." || $0 == ":" })
      || first.contains(where: \.isUppercase)
    {
      (domain, remainder) = (String(first), String(rest))
    } else {
      (domain, remainder) = (defaultDomain, name)
    }
    if domain == defaultDomain, !remainder.contains("/") { remainder = "library/" + remainder }
    return (domain, remainder)
  }

  private static func parse(
    _ text: String, original: String
  ) throws(ParseError) -> ImageReference {
    guard let parts = ReferenceGrammar.parts(of: text) else {
      if text.isEmpty { throw .empty }
      let lowered = text.lowercased()
      guard lowered == text || ReferenceGrammar.parts(of: lowered) == nil else {
        throw .uppercaseName(text)
      }
      throw .malformed
    }
    guard parts.path.utf8.count <= maximumPathLength else { throw .nameTooLong }
    var digest: ImageDigest?
    if let text = parts.digest {
      do {
        digest = try ImageDigest(text)
      } catch {
        throw .digest(error)
      }
    }
    return ImageReference(
      unchecked: parts.domain, path: parts.path, tag: parts.tag, digest: digest,
      original: original)
  }
}
