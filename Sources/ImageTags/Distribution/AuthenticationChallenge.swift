/// One challenge of a `WWW-Authenticate` header (RFC 9110, section 11.6.1).
public struct AuthenticationChallenge: Hashable, Sendable {
  /// A parameter, such as `realm`.
  public struct Parameter: Hashable, Sendable {
    /// The name in lower case.
    public let name: String
    /// The value, without quotes.
    public let value: String
  }

  /// The scheme in lower case: `bearer`, `basic`.
  public let scheme: String
  /// The parameters in order.
  public internal(set) var parameters: [Parameter]

  /// The value of the first parameter with a lower-case name.
  public subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// The challenges of a header, in order. What cannot be read is left out: a client can only answer
  /// challenges it understands. O(n).
  public static func parse(_ header: String) -> [AuthenticationChallenge] {
    var scanner = HeaderScanner(header)
    var challenges: [AuthenticationChallenge] = []
    var followsScheme = false
    while !scanner.isAtEnd {
      scanner.skipSpace()
      guard let token = scanner.token() else {
        scanner.advance()
        continue
      }
      let end = scanner.position
      scanner.skipSpace()
      if scanner.skip("="), !challenges.isEmpty, let value = scanner.value() {
        let parameter = Parameter(name: token.lowercased(), value: value)
        challenges[challenges.count - 1].parameters.append(parameter)
        followsScheme = false
      } else if followsScheme {
        // Credentials in place of parameters (`Negotiate oYIC…==`): of no use to a client here.
        scanner.position = end
        scanner.take { $0 != UInt8(ascii: ",") }
      } else {
        scanner.position = end
        followsScheme = true
        challenges.append(AuthenticationChallenge(scheme: token.lowercased(), parameters: []))
      }
      scanner.skipSpace()
      if scanner.skip(",") { followsScheme = false }
    }
    return challenges
  }
}
