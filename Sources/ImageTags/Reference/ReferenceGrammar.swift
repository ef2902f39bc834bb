/// The grammar of `distribution/reference`, cut by its separators first and checked part by part:
/// each part excludes the separators around it, so one pass decides.
enum ReferenceGrammar {
  struct Parts {
    var domain: String
    var path: String
    var tag: String?
    var digest: String?
  }

  static func parts(of text: String) -> Parts? {
    let bytes = Array(text.utf8)
    var end = bytes.count
    var digest: String?
    if let at = bytes.firstIndex(of: UInt8(ascii: "@")) {
      let range = bytes[(at + 1)...]
      guard isDigest(range) else { return nil }
      digest = String(decoding: range, as: UTF8.self)
      end = at
    }
    let lastSlash = bytes[..<end].lastIndex(of: UInt8(ascii: "/"))
    var tag: String?
    if let colon = bytes[(lastSlash.map { $0 + 1 } ?? 0)..<end].firstIndex(of: UInt8(ascii: ":")) {
      let range = bytes[(colon + 1)..<end]
      guard isTag(range) else { return nil }
      tag = String(decoding: range, as: UTF8.self)
      end = colon
    }
    let name = bytes[..<end]
    var pathStart = 0
    if let slash = name.firstIndex(of: UInt8(ascii: "/")), isDomain(name[..<slash]) {
      pathStart = slash + 1
    }
    guard isPath(name[pathStart...]) else { return nil }
    return Parts(
      domain: String(decoding: bytes[..<max(0, pathStart - 1)], as: UTF8.self),
      path: String(decoding: name[pathStart...], as: UTF8.self), tag: tag, digest: digest)
  }

  /// A letter, digit or underscore, then up to 127 of those, dots and dashes.
  static func isTag(_ bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, bytes.count <= 128, isWord(first) else { return false }
    return bytes.allSatisfy {
      isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
    }
  }

  /// Host names and bracketed IPv6 addresses, with an optional port.
  static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
    var host = bytes
    if bytes.first == UInt8(ascii: "[") {
      guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let address = bytes[(bytes.startIndex + 1)..<close]
      guard !address.isEmpty, address.allSatisfy({ isHexadecimal($0) || $0 == UInt8(ascii: ":") })
      else { return false }
      let rest = bytes[(close + 1)...]
      return rest.isEmpty || rest.first == UInt8(ascii: ":") && isPort(rest.dropFirst())
    }
    if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
      guard isPort(bytes[(colon + 1)...]) else { return false }
      host = bytes[..<colon]
    }
    return host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
      guard let first = $0.first, let last = $0.last else { return false }
      return isAlphanumeric(first) && isAlphanumeric(last)
        && $0.allSatisfy(\.isIdentifierByte)
    }
  }

  /// Components of lower-case letters and digits, joined by `.`, `_`, `__` or any number of dashes.
  static func isPath(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
      var position = $0.startIndex
      let component = $0
      func skip(_ isWanted: (UInt8) -> Bool) -> Int {
        let start = position
        while position < component.endIndex, isWanted(component[position]) { position += 1 }
        return position - start
      }
      func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
        byte.isDigit || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      }
      while true {
        guard skip(isLowerAlphanumeric) > 0 else { return false }
        guard position < component.endIndex else { return true }
        let separator = component[position]
        let length = skip { $0 == separator }
        switch separator {
        case UInt8(ascii: "-"): break
        case UInt8(ascii: "."): guard length == 1 else { return false }
        case UInt8(ascii: "_"): guard length <= 2 else { return false }
        default: return false
        }
      }
    }
  }

  /// The shape of a digest; whether its algorithm is known is another matter.
  private static func isDigest(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let encoded = bytes[(colon + 1)...]
    guard encoded.count >= 32, encoded.allSatisfy(isHexadecimal) else { return false }
    let separators = Set("-_+.".utf8)
    return bytes[..<colon].split(omittingEmptySubsequences: false) { separators.contains($0) }
      .allSatisfy {
        guard let first = $0.first else { return false }
        return first.isLetter && $0.allSatisfy(isAlphanumeric)
      }
  }

  private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy(\.isDigit)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool { byte.isDigit || byte.isLetter }

  private static func isWord(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "_")
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    byte.isDigit || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "f")
  }
}
