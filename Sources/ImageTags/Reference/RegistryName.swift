/// A reference as go-containerregistry (crane, ko, cosign) reads it: laxer than
/// ``ImageReference`` in the name, with its own default registry.
public struct RegistryName: Hashable, Sendable {
  /// How much is left to defaults.
  public enum Validation: Sendable {
    /// Missing registries, namespaces and tags are filled in.
    case weak
    /// Everything must be written out.
    case strict
  }

  /// The text cannot be read as a name with a tag, nor with a digest.
  public struct ParseError: Error, Hashable, Sendable {}

  /// The registry; `index.docker.io` where none is named.
  public let registry: String
  /// The repository's path, with `library/` where Docker Hub implies it.
  public let repository: String
  /// The tag or the digest.
  public let identifier: String
  /// Whether the identifier is a digest.
  public let isDigest: Bool

  /// The registry that names without one belong to.
  public static let defaultRegistry = "index.docker.io"

  /// Registry and repository with the tag, or the digest.
  public var name: String {
    "\(registry)/\(repository)\(isDigest ? "@" : ":")\(identifier)"
  }

  /// Reads a name: with a tag if that is possible, otherwise with a digest.
  public init(_ text: String, _ validation: Validation = .weak) throws(ParseError) {
    if let tagged = try? Self.tagged(text, validation) {
      (registry, repository, identifier) =
        (tagged.registry, tagged.repository, tagged.tag.isEmpty ? "latest" : tagged.tag)
      isDigest = false
      return
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasPrefix("sha256:"), (try? ImageDigest(parts[1])) != nil
    else { throw ParseError() }
    var base = String(parts[0])
    if let tagged = try? Self.tagged(base, validation) {
      base = tagged.registry + "/" + tagged.repository
    }
    (registry, repository) = try Self.split(base, validation)
    identifier = String(parts[1])
    isDigest = true
  }

  private static func tagged(
    _ text: String, _ validation: Validation
  ) throws(ParseError) -> (registry: String, repository: String, tag: String) {
    var base = text[...]
    var tag = text[text.endIndex...]
    if let colon = text.lastIndex(of: ":"), !text[colon...].contains("/") {
      base = text[..<colon]
      tag = text[colon...].dropFirst()
      guard !tag.isEmpty else { throw ParseError() }
    }
    if !tag.isEmpty || validation == .strict {
      guard (1...128).contains(tag.utf8.count),
        tag.utf8.allSatisfy({ isTagByte($0) })
      else { throw ParseError() }
    }
    let (registry, repository) = try split(String(base), validation)
    return (registry, repository, String(tag))
  }

  private static func split(
    _ name: String, _ validation: Validation
  ) throws(ParseError) -> (registry: String, repository: String) {
    var registry = ""
    var repository = name
    if let slash = name.firstIndex(of: "/") {
      let first = name[..<slash]
      if first.contains(where: { $0 == "." || $0 == ":" }) || first == "localhost" {
        registry = String(first)
        repository = String(name[slash...].dropFirst())
      }
    }
    guard (1...255).contains(repository.utf8.count),
      repository.utf8.allSatisfy({ isRepositoryByte($0) })
    else { throw ParseError() }
    if validation == .strict, registry.isEmpty { throw ParseError() }
    guard isAuthority(registry) else { throw ParseError() }
    if registry.isEmpty || registry == "docker.io" { registry = defaultRegistry }
    if registry == defaultRegistry, !repository.contains("/") {
      if validation == .strict { throw ParseError() }
      repository = "library/" + repository
    }
    return (registry, repository)
  }

  private static func isTagByte(_ byte: UInt8) -> Bool {
    byte.isIdentifierByte || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  private static func isRepositoryByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || isTagByte(byte) && (byte < 0x41 || byte > 0x5A)
  }

  /// Whether a text survives as the host of a URL's authority: printable, no user information, no
  /// escapes, brackets closed, and digits only after the last colon.
  private static func isAuthority(_ text: String) -> Bool {
    let forbidden = Set("@%#?\\^`{|}/ ".utf8)
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !forbidden.contains($0) }) else {
      return false
    }
    var tail = text[...]
    if text.hasPrefix("[") {
      guard let close = text.lastIndex(of: "]") else { return false }
      tail = text[text.index(after: close)...]
      guard tail.isEmpty || tail.hasPrefix(":") else { return false }
    }
    guard let colon = tail.lastIndex(of: ":") else { return true }
    return tail[colon...].dropFirst().utf8.allSatisfy(\.isDigit)
  }
}
