internal import ImageTags

/// Whether an image is of a name: the name, then at most a tag and a digest.
///
/// Kustomize reads the name as a regular expression, in which `.` stands for any character.
struct ImageNameMatcher: Sendable {
  private enum Name {
    /// Nothing in it is special but `.`: it is compared, which costs less than making an expression.
    case plain([UInt8])
    case expression(Pattern)
    case malformed
  }

  private let name: Name
  /// What every match begins with; almost all images fail here, without the expression being run.
  private let prefix: [UInt8]

  private static let tagAndDigest = "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?"

  init(_ name: String) {
    if name.utf8.allSatisfy(Self.isPlain) {
      self.name = .plain(Array(name.utf8))
      prefix = []
      return
    }
    let literal = name.utf8.prefix { !Array("\\.+*?()|[]{}^$".utf8).contains($0) }
    // A character before a repeat may be missing, and an alternative may begin otherwise.
    prefix = name.utf8.contains(UInt8(ascii: "|")) ? [] : Array(literal.dropLast(1))
    let pattern = try? Pattern("^\(name)\(Self.tagAndDigest)$")
    self.name = pattern.map(Name.expression) ?? .malformed
  }

  /// Whether the name is no regular expression.
  var isMalformed: Bool { if case .malformed = name { true } else { false } }

  func matches(_ image: String) -> Bool {
    switch name {
    case .malformed: return false
    case .expression(let pattern):
      return image.utf8.starts(with: prefix) && (try? pattern.matches(image)) ?? false
    case .plain(let name):
      var image = image
      return image.withUTF8 { Self.matches($0, name) }
    }
  }

  private static func matches(_ image: UnsafeBufferPointer<UInt8>, _ name: [UInt8]) -> Bool {
    var rest = image[...]
    for wanted in name {
      guard let byte = rest.popFirst() else { return false }
      if wanted == UInt8(ascii: ".") {
        if byte == UInt8(ascii: "\n") { return false }
        // One character may be several bytes.
        while let next = rest.first, byte >= 0x80, next & 0xC0 == 0x80 { rest.removeFirst() }
      } else if byte != wanted {
        return false
      }
    }
    if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst().drop(while: isTagPart) }
    let digest: StaticString = "@sha256:"
    let hasDigest = digest.withUTF8Buffer { rest.starts(with: $0) }
    if hasDigest { rest = rest.dropFirst(digest.utf8CodeUnitCount).drop(while: isTagPart) }
    return rest.isEmpty
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-")...UInt8(ascii: "/"),
      UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "@"):
      true
    default: false
    }
  }

  /// What may stand in a tag or a digest.
  private static func isTagPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
