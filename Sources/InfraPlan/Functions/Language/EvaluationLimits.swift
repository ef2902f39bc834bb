/// How large the parts of a computation may get, so that no configuration can eat the memory.
///
/// The original has no such limits; these are far above what any configuration needs.
enum EvaluationLimits {
  /// Bytes of a text.
  static let text = 1 << 26
  /// Elements of a collection that a function makes.
  static let elements = 1 << 22
  /// Rounds of the loops in one expression, those within loops counted.
  static let rounds = 1 << 22
  /// Columns of a field, or of an indentation.
  static let columns = 1 << 16

  static func check(text length: Int) throws(FunctionError) {
    if length > text { throw FunctionError("the result is longer than \(text) bytes") }
  }

  static func check(elements count: Int) throws(FunctionError) {
    if count > elements { throw FunctionError("the result has more than \(elements) elements") }
  }
}
