internal import SourceText

/// The credentials that `docker login` keeps in `~/.docker/config.json`.
///
/// Reads `auths`, `credHelpers` and `credsStore`. Helpers are programs; running one is left to the
/// caller.
public struct DockerConfiguration: Sendable {
  /// A user name and a password or token. A secret: it belongs in no message.
  public struct Credentials: Hashable, Sendable {
    /// The user's name.
    public let user: String
    /// The password or token.
    public let password: String

    /// Creates credentials.
    public init(user: String, password: String) {
      self.user = user
      self.password = password
    }
  }

  /// Where the credentials of a registry come from.
  public enum Source: Hashable, Sendable {
    /// Nothing is known: ask without credentials.
    case none
    /// They stand in the file.
    case stored(Credentials)
    /// A program called `docker-credential-NAME` knows them; it is asked for this server.
    case helper(name: String, server: String)
  }

  private var stored: [String: Credentials] = [:]
  private var helpers: [String: String] = [:]
  private var store: String?

  /// Nothing is known about any registry.
  public init() {}

  /// The file is no JSON document.
  public struct MalformedError: Error, Hashable, Sendable {
    /// What is wrong.
    public let message: String
    /// How many bytes into the file.
    public let offset: Int
  }

  /// Reads the file's contents.
  public init(parsing bytes: [UInt8]) throws(MalformedError) {
    let document: JSONValue
    do throws(JSONValue.ParseError) {
      document = try JSONValue(parsing: bytes)
    } catch {
      throw MalformedError(message: error.message, offset: error.offset)
    }
    for entry in document["auths"]?.members ?? [] {
      stored[Self.host(of: entry.name)] = Self.credentials(entry.value)
    }
    for entry in document["credHelpers"]?.members ?? [] {
      helpers[Self.host(of: entry.name)] = entry.value.stringValue
    }
    if let store = document["credsStore"]?.stringValue, !store.isEmpty { self.store = store }
  }

  /// Where to get credentials for the registry of an image.
  public func source(forDomain domain: String) -> Source {
    let isHub = domain == ImageReference.defaultDomain
    let server = isHub ? "https://index.docker.io/v1/" : domain
    let host = isHub ? "index.docker.io" : domain
    if let helper = helpers[host] ?? helpers[domain] {
      return .helper(name: helper, server: server)
    }
    if let credentials = stored[host] ?? stored[domain] { return .stored(credentials) }
    if let store { return .helper(name: store, server: server) }
    return .none
  }

  /// Reads what a credential helper prints.
  public static func credentials(fromHelper output: [UInt8]) -> Credentials? {
    guard let answer = try? JSONValue(parsing: output),
      let user = answer["Username"]?.stringValue, let secret = answer["Secret"]?.stringValue
    else { return nil }
    return Credentials(user: user, password: secret)
  }

  /// The host of a server, with its port: `https://index.docker.io/v1/` is `index.docker.io`.
  private static func host(of server: String) -> String {
    var rest = server[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    return String(rest.prefix { $0 != "/" })
  }

  private static func credentials(_ entry: JSONValue) -> Credentials? {
    if let user = entry["username"]?.stringValue, let password = entry["password"]?.stringValue {
      return Credentials(user: user, password: password)
    }
    guard let auth = entry["auth"]?.stringValue, let bytes = Base64.decode(auth.utf8) else {
      return nil
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let password = text[text.index(after: colon)...].prefix { $0 != "\0" }
    return Credentials(user: String(text[..<colon]), password: String(password))
  }
}
