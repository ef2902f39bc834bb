internal import SourceText

/// What a registry says about a request it refused.
public struct RegistryFailure: Error, Hashable, Sendable {
  /// The HTTP status.
  public let status: Int
  /// The distribution specification's code, such as `NAME_UNKNOWN`; empty if the answer has none.
  public let code: String
  /// The registry's own words; may be empty.
  public let message: String

  /// Reads the body of an answer; a body that is no error document leaves code and message empty.
  public init(status: Int, body: String) {
    let error = (try? JSONValue(parsing: body))?["errors"]?[0]
    self.status = status
    self.code = error?["code"]?.stringValue ?? ""
    self.message = error?["message"]?.stringValue ?? ""
  }

  /// Whether the same request may succeed later.
  public var isTemporary: Bool { status == 429 || status >= 500 || code == "TOOMANYREQUESTS" }
}
