internal import SourceText

/// What a `moved`, `removed` or `import` block names: a module or a resource, perhaps one instance.
struct TargetAddress {
  struct Key: Hashable {
    var text: String
    var span: SourceSpan
    var isNumber: Bool
  }

  var modules: [(name: String, key: Key?)] = []
  var resource: ResourceAddress?
  var key: Key?
  var span: SourceSpan

  private static let reserved: Set<String> = [
    "each", "count", "local", "path", "self", "terraform", "var", "template", "lazy", "arg",
  ]

  /// The names of the modules on the way.
  var path: [String] { modules.map(\.name) }

  /// The address as text; a key that is not constant is left out.
  var description: String {
    let steps = modules.map { "module.\($0.name)" + ($0.key?.text ?? "") }
    return (steps + [resource.map { $0.description + (key?.text ?? "") }].compactMap { $0 })
      .joined(separator: ".")
  }

  /// Reads an address, or says what is wrong with it. Where attributes are taken, one stands for an
  /// instance key.
  static func parse(
    _ traversal: Traversal, takesAttributes: Bool = false
  ) -> Result<TargetAddress, ProblemError> {
    func failure(_ detail: String, _ span: SourceSpan) -> Result<TargetAddress, ProblemError> {
      .failure(ProblemError(Problem(.error, "Invalid address", detail, at: span)))
    }
    var address = TargetAddress(span: traversal.span)
    var words: [(text: String?, span: SourceSpan, key: Key?)] = [
      (traversal.root, traversal.rootSpan, nil)
    ]
    words += traversal.steps.map { ($0.attribute, $0.span, Key($0)) }
    var rest = words[...]
    while rest.first?.text == "module" {
      rest = rest.dropFirst()
      guard let name = rest.first?.text else {
        return failure("Prefix \"module.\" must be followed by a module name.", traversal.span)
      }
      rest = rest.dropFirst()
      let key = rest.first?.key
      if key != nil { rest = rest.dropFirst() }
      address.modules.append((name, key))
    }
    guard let root = rest.first else { return .success(address) }
    if let text = root.text, reserved.contains(text) {
      return failure(
        "The keyword \(Quoting.goQuoted(text)) is reserved and cannot be used to target a resource address. If you are targeting a resource type that uses a reserved keyword, please prefix your address with \"resource.\".",
        traversal.span)
    }
    var mode = ResourceAddress.Mode.managed
    if root.text == "data" || root.text == "resource" {
      mode = root.text == "data" ? .data : .managed
      rest = rest.dropFirst()
    }
    guard rest.count >= 2, let type = rest.first?.text, let name = rest.dropFirst().first?.text
    else {
      return failure(
        "Resource specification must include a resource type and name.",
        rest.first?.span ?? root.span
      )
    }
    address.resource = ResourceAddress(mode: mode, type: type, name: name)
    rest = rest.dropFirst(2)
    if rest.count > 1, !takesAttributes, let extra = rest.dropFirst().first {
      return failure("Unexpected extra operators after address.", extra.span)
    }
    if let step = rest.first {
      let attribute = takesAttributes ? step.text : nil
      guard
        let key = step.key
          ?? attribute.map({ Key(text: "." + $0, span: step.span, isNumber: false) })
      else {
        return failure("Resource instance key must be given in square brackets.", step.span)
      }
      address.key = key
    }
    return .success(address)
  }
}

extension TargetAddress.Key {
  fileprivate init?(_ step: Traversal.Step) {
    switch step.kind {
    case .index(.number(let number)):
      self.init(text: "[\(number.text)]", span: step.span, isNumber: true)
    case .index(.string(let text)):
      self.init(text: "[\(Quoting.goQuoted(text))]", span: step.span, isNumber: false)
    default: return nil
    }
  }
}
