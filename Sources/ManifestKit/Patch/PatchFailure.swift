/// Why a patch cannot be applied; the target is unchanged or must be dropped by the caller.
public struct PatchFailure: Error, Hashable, Sendable {
  /// What is wrong.
  public let message: String
  /// Which operation of a JSON patch failed, from 0.
  public let operation: Int?
  /// The place in the target.
  public let path: String?

  init(_ message: String, operation: Int? = nil, path: String? = nil) {
    self.message = message
    self.operation = operation
    self.path = path
  }
}

extension PatchFailure: CustomStringConvertible {
  /// The message with the operation and the place, where they are known.
  public var description: String {
    let place = path.map { " at \($0)" } ?? ""
    let number = operation.map { "operation \($0): " } ?? ""
    return number + message + place
  }
}
