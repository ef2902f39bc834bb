internal import SourceText

/// A request for a bearer token, as a registry's challenge asks for it.
public struct TokenRequest: Hashable, Sendable {
  /// The address of the token service.
  public var realm: String
  /// The registry the token is for; empty if the challenge names none.
  public var service: String
  /// What the token is to allow, such as `repository:team/app:pull`.
  public var scopes: [String]

  /// Creates a request.
  public init(realm: String, service: String, scopes: [String]) {
    self.realm = realm
    self.service = service
    self.scopes = scopes
  }

  /// The request that a challenge asks for; `nil` if it is no bearer challenge or names no realm.
  public init?(_ challenge: AuthenticationChallenge, scopes: [String] = []) {
    guard challenge.scheme == "bearer", let realm = challenge["realm"] else { return nil }
    let named = challenge["scope"].map { $0.split(separator: " ").map(String.init) } ?? []
    self.init(realm: realm, service: challenge["service"] ?? "", scopes: named + scopes)
  }

  /// The address to get, the realm's own query kept.
  public var url: String {
    var query: [String] = []
    if !service.isEmpty { query.append("service=" + Self.escape(service)) }
    query += scopes.map { "scope=" + Self.escape($0) }
    guard !query.isEmpty else { return realm }
    return realm + (realm.contains("?") ? "&" : "?") + query.joined(separator: "&")
  }

  private static func escape(_ text: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var escaped: [UInt8] = []
    for byte in text.utf8 {
      if byte.isIdentifierByte || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "~")
      {
        escaped.append(byte)
      } else {
        escaped += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}

/// A bearer token.
public struct BearerToken: Hashable, Sendable {
  /// The token service's answer holds no token.
  public struct MissingError: Error, Hashable, Sendable {}

  /// The token. A secret: it belongs in no message.
  public let token: String
  /// How many seconds it is good for, at least 60.
  public let secondsValid: Int

  /// The shortest and the default time that a token is good for.
  public static let minimumSeconds = 60

  /// Reads the answer of a token service: `token` or `access_token`, and `expires_in`.
  public init(response body: String) throws(MissingError) {
    guard let answer = try? JSONValue(parsing: body) else { throw MissingError() }
    let tokens = [answer["token"], answer["access_token"]].compactMap { $0?.stringValue }
    guard let token = tokens.first(where: { !$0.isEmpty }) else { throw MissingError() }
    self.token = token
    self.secondsValid = max(Self.minimumSeconds, answer["expires_in"]?.intValue ?? 0)
  }
}
