internal import SourceText

/// Steps from a resource, held against the attributes that its type has.
enum StaticSteps {
  static func problems(
    _ steps: [Traversal.Step], _ attributes: [String: BuiltInProvider.Attribute]
  ) -> [Problem] {
    guard let first = steps.first else { return [] }
    switch first.kind {
    case .splat: return []
    case .index(let key):
      var advice = ", using the dot operator."
      if case .string(let name) = key {
        advice =
          ". Did you mean to access attribute \(Quoting.goQuoted(name)) using the dot operator?"
      }
      return [
        Problem(
          .error, "Invalid index operation", "Only attribute access is allowed here" + advice,
          at: first.span)
      ]
    case .attribute(let name):
      guard let attribute = attributes[name] else {
        return [
          Problem(
            .error, "Unsupported attribute",
            "This object has no argument, nested block, or exported attribute named \(Quoting.goQuoted(name))."
              + ReferenceMessages.hint(name, attributes.keys), at: first.span)
        ]
      }
      return problems(steps.dropFirst(), from: .unknown(attribute.type))
    }
  }

  /// What is wrong with the first step that a value does not allow.
  private static func problems(
    _ steps: some Sequence<Traversal.Step>, from value: Value
  ) -> [Problem] {
    var value = value
    for step in steps {
      switch Access.step(value, step) {
      case .success(let next): value = next
      case .failure(let failure):
        return [Problem(.error, failure.summary, failure.detail, at: step.span)]
      }
    }
    return []
  }
}
