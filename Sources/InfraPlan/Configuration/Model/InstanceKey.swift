/// What may stand in the brackets after the name of a resource or a module.
enum InstanceKey {
  static let notInteger =
    "value must be a whole number, between -9223372036854775808 and 9223372036854775807"

  /// Why a constant is no instance key; `nil` if it is one.
  static func refusal(of key: Expression.Literal) -> String? {
    switch key {
    case .string: nil
    case .number(let number): number.int == nil ? notInteger : nil
    default: "either a string or an integer is required"
    }
  }
}
