internal import OverlayKit
internal import SourceText

/// The operations of this library, by name.
let overlayOperations: [String: Operation] = [
  "envsubst.eval": { input throws(Refusal) in try expand(input, strict: false) },
  "envsubst.eval-strict": { input throws(Refusal) in try expand(input, strict: true) },
]

private func expand(_ input: JSONValue, strict: Bool) throws(Refusal) -> JSONValue {
  var variables: [String: String] = [:]
  for member in input["vars"]?.members ?? [] {
    variables[member.name] = member.value.stringValue
  }
  let text = try input.text("text")
  do throws(VariableSubstitution.Failure) {
    return .string(try VariableSubstitution(text).expand(variables, strict: strict))
  } catch {
    throw Refusal(message: error.message)
  }
}
