internal import SourceText

/// Reads a target address step by step.
struct TargetReader {
  private(set) var address: TargetAddress
  private var rest: ArraySlice<Traversal.Step>
  private let takesKeys: Bool

  private static let reserved: Set<String> = [
    "each", "count", "local", "path", "self", "terraform", "var", "template", "lazy", "arg",
  ]

  init(_ traversal: Traversal, takesKeys: Bool = true) {
    address = TargetAddress(span: traversal.span)
    let root = Traversal.Step(kind: .attribute(traversal.root), span: traversal.rootSpan)
    rest = ([root] + traversal.steps)[...]
    self.takesKeys = takesKeys
  }

  var isAtEnd: Bool { rest.isEmpty }

  private func failure(
    _ detail: String, _ span: SourceSpan?, summary: String = "Invalid address"
  ) -> ProblemError {
    var problem = Problem(.error, summary, detail, at: span)
    problem.isOutsideFiles = span == nil
    return ProblemError(problem)
  }

  /// The span of all that was not read yet.
  private var restSpan: SourceSpan? {
    guard let first = rest.first, let last = rest.last else { return nil }
    return .between(first.span, last.span)
  }

  mutating func readModules() throws(ProblemError) {
    let summary = "Invalid address operator"
    while let prefix = rest.first, prefix.attribute == "module" {
      rest = rest.dropFirst()
      guard let name = rest.first?.attribute else {
        throw failure(
          "Prefix \"module.\" must be followed by a module name.",
          rest.first?.span ?? prefix.span, summary: summary)
      }
      rest = rest.dropFirst()
      var key: TargetAddress.Key?
      if case .index(let literal)? = rest.first?.kind, let step = rest.first {
        if !takesKeys {
          throw failure(
            "Module address must be a module (e.g. \"module.foo\"), not a module instance (e.g. \"module.foo[1]\").",
            step.span, summary: "Module instance keys not allowed")
        }
        key = TargetAddress.Key(literal, step.span)
        guard key != nil else {
          let isNumber = if case .number = literal { true } else { false }
          throw failure(
            isNumber
              ? "Invalid module index: \(InstanceKey.notInteger)."
              : "Invalid module key: must be either a string or an integer.", step.span,
            summary: summary)
        }
        rest = rest.dropFirst()
      }
      address.modules.append((name, key))
    }
    if let step = rest.first, step.attribute == nil, !address.modules.isEmpty {
      throw failure(
        "Module address prefix must be followed by dot and then a name.", step.span,
        summary: summary)
    }
  }

  func refuseReservedWords() throws(ProblemError) {
    guard let word = rest.first?.attribute, Self.reserved.contains(word) else { return }
    throw failure(
      "The keyword \(Quoting.goQuoted(word)) is reserved and cannot be used to target a resource address. If you are targeting a resource type that uses a reserved keyword, please prefix your address with \"resource.\".",
      restSpan)
  }

  mutating func readResource(
    modes: [String: ResourceAddress.Mode]
  ) throws(ProblemError) {
    var mode = ResourceAddress.Mode.managed
    if let word = rest.first?.attribute, let found = modes[word] {
      mode = found
      rest = rest.dropFirst()
    }
    guard rest.count >= 2, let first = rest.first, let second = rest.dropFirst().first else {
      throw failure("Resource specification must include a resource type and name.", restSpan)
    }
    guard let type = first.attribute else {
      let what: String
      switch mode {
      case .managed: what = "A resource type"
      case .data: what = "A data source"
      case .ephemeral: what = "An ephemeral resource type"
      }
      throw failure("\(what) name is required.", first.span)
    }
    guard let name = second.attribute else {
      throw failure("A resource name is required.", second.span)
    }
    address.resource = ResourceAddress(mode: mode, type: type, name: name)
    rest = rest.dropFirst(2)
  }

  mutating func readKey() throws(ProblemError) {
    if rest.count > 1, let extra = rest.dropFirst().first {
      throw failure("Unexpected extra operators after address.", extra.span)
    }
    guard let step = rest.first else { return }
    guard case .index(let literal) = step.kind else {
      throw failure("Resource instance key must be given in square brackets.", step.span)
    }
    guard let key = TargetAddress.Key(literal, step.span) else {
      let reason = InstanceKey.refusal(of: literal) ?? InstanceKey.notInteger
      throw failure("Invalid resource instance key: \(reason).", step.span)
    }
    address.key = key
  }

  func refuseKey() throws(ProblemError) {
    guard let step = rest.first else { return }
    throw failure(
      "Resource address must be a resource (e.g. \"test_instance.foo\"), not a resource instance (e.g. \"test_instance.foo[1]\").",
      step.span, summary: "Resource instance keys not allowed")
  }
}

extension TargetAddress.Key {
  /// A constant as a key; `nil` if it cannot be one.
  init?(_ literal: Expression.Literal, _ span: SourceSpan) {
    switch literal {
    case .number(let number):
      guard number.int != nil else { return nil }
      self.init(text: "[\(number.text)]", span: span, isNumber: true)
    case .string(let text):
      self.init(text: "[\(Quoting.goQuoted(text))]", span: span, isNumber: false)
    default: return nil
    }
  }
}
