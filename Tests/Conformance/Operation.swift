internal import SourceText

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Why an operation has no result.
struct Refusal: Error {
  let message: String
}

/// Computes the answer to the `in` of one question.
typealias Operation = @Sendable (JSONValue) throws(Refusal) -> JSONValue

/// Sends what was printed on its way; the asker waits for each line.
func flushOutput() { fflush(nil) }

extension JSONValue {
  /// The string at a name of `in`, or a refusal.
  func text(_ name: String) throws(Refusal) -> String {
    guard let text = self[name]?.stringValue else { throw Refusal(message: "no text '\(name)'") }
    return text
  }
}
