/// The `Link` header (RFC 8288), as far as paging needs it.
public enum LinkHeader {
  /// The address of the page after the one at `url`, made absolute; `nil` if the header names none.
  public static func next(in header: String, of url: String) -> String? {
    var scanner = HeaderScanner(header)
    while !scanner.isAtEnd {
      scanner.skipSpace()
      guard scanner.skip("<"),
        let target = scanner.take(while: { $0 != UInt8(ascii: ">") }), scanner.skip(">")
      else { return nil }
      var isNext = false
      scanner.skipSpace()
      while scanner.skip(";") {
        scanner.skipSpace()
        guard let name = scanner.token() else { continue }
        scanner.skipSpace()
        guard scanner.skip("="), let value = scanner.value() else { continue }
        let relations = value.lowercased().split(separator: " ")
        if name.lowercased() == "rel", relations.contains("next") { isNext = true }
        scanner.skipSpace()
      }
      if isNext { return resolve(target, against: url) }
      guard scanner.skip(",") else { return nil }
    }
    return nil
  }

  /// A reference made absolute as RFC 3986 says, for the addresses that registries use.
  static func resolve(_ reference: String, against base: String) -> String {
    guard let scheme = Self.scheme(of: base), Self.scheme(of: reference) == nil else {
      return reference
    }
    let rest = base.dropFirst(scheme.count + 3)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let path = rest[authority.endIndex...].prefix { $0 != "?" && $0 != "#" }
    let root = scheme + "://" + authority
    if reference.hasPrefix("//") { return scheme + ":" + reference }
    if reference.hasPrefix("/") { return root + reference }
    if reference.hasPrefix("?") { return root + path + reference }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
    return root + folder + reference
  }

  /// The scheme of an absolute address.
  private static func scheme(of address: String) -> Substring? {
    guard let colon = address.firstIndex(of: ":"), address[colon...].hasPrefix("://"),
      address[..<colon].utf8.allSatisfy({ $0.isIdentifierByte || $0 == UInt8(ascii: "+") })
    else { return nil }
    return address[..<colon]
  }
}
