internal import SourceText

/// What a reference in an expression points to.
struct Reference: Sendable {
  enum Subject: Hashable, Sendable {
    case variable(String)
    case local(String)
    case module(String)
    case resource(ResourceAddress)
    case count(String)
    case each(String)
    case path(String)
    case terraform(String)
    case this
  }

  var subject: Subject
  /// Whether a key stands after the name of a resource or module.
  var hasKey: Bool
  /// The steps after what the subject names.
  var remaining: [Traversal.Step]
  var span: SourceSpan
  /// Whether the subject has no name, as in `var` alone.
  var isNameless = false
}

/// A resource within a module: `aws_instance.web`, `data.aws_ami.x`.
struct ResourceAddress: Hashable, Sendable, CustomStringConvertible {
  enum Mode: String, Hashable, Sendable {
    case managed, data, ephemeral

    var prefix: String {
      switch self {
      case .managed: ""
      case .data: "data."
      case .ephemeral: "ephemeral."
      }
    }
  }

  var mode: Mode
  var type: String
  var name: String

  var description: String { mode.prefix + type + "." + name }
}

extension Reference {
  /// The subjects that are an attribute of an object of their own.
  private static func single(_ root: String) -> ((String) -> Subject)? {
    switch root {
    case "var": Subject.variable
    case "local": Subject.local
    case "count": Subject.count
    case "each": Subject.each
    case "path": Subject.path
    case "terraform": Subject.terraform
    default: nil
    }
  }

  /// What a reference to such an object without an attribute still points to: something whose name
  /// is empty.
  static func nameless(_ traversal: Traversal) -> Reference? {
    guard let make = single(traversal.root), traversal.steps.first?.attribute == nil else {
      return nil
    }
    return Reference(
      subject: make(""), hasKey: false, remaining: [], span: traversal.rootSpan, isNameless: true)
  }

  /// Reads a traversal as a reference, or says why it is none.
  static func parse(_ traversal: Traversal) -> Result<Reference, ProblemError> {
    let root = traversal.root
    if let make = single(root) {
      guard let step = traversal.steps.first else {
        return failure(
          "The \(Quoting.goQuoted(root)) object cannot be accessed directly. Instead, access one of its attributes.",
          traversal.rootSpan)
      }
      guard let name = step.attribute else {
        return failure(
          "The \(Quoting.goQuoted(root)) object does not support this operation.", step.span)
      }
      return .success(
        Reference(
          subject: make(name), hasKey: false, remaining: Array(traversal.steps.dropFirst()),
          span: .between(traversal.rootSpan, step.span)))
    }
    switch root {
    case "module": return module(traversal)
    case "self":
      return .success(
        Reference(
          subject: .this, hasKey: false, remaining: traversal.steps, span: traversal.rootSpan))
    case "data": return resource(traversal, .data, skip: 1, "data source")
    case "ephemeral": return resource(traversal, .ephemeral, skip: 1, "ephemeral resource")
    case "resource": return resource(traversal, .managed, skip: 1, "resource")
    case "template", "lazy", "arg":
      return failure(
        "The symbol name \(Quoting.goQuoted(root)) is reserved for use in a future Terraform version. If you are using a provider that already uses this as a resource type name, add the prefix \"resource.\" to force interpretation as a resource type name.",
        traversal.rootSpan, summary: "Reserved symbol name")
    default: return resource(traversal, .managed, skip: 0, "resource")
    }
  }

  private static func failure(
    _ detail: String, _ span: SourceSpan, summary: String = "Invalid reference"
  ) -> Result<Reference, ProblemError> {
    .failure(ProblemError(Problem(.error, summary, detail, at: span)))
  }

  private static func module(_ traversal: Traversal) -> Result<Reference, ProblemError> {
    guard let first = traversal.steps.first else {
      return failure(
        "The \"module\" object cannot be accessed directly. Instead, access one of its attributes.",
        traversal.rootSpan)
    }
    guard let name = first.attribute else {
      return failure("The \"module\" object does not support this operation.", first.span)
    }
    var rest = traversal.steps.dropFirst()
    var span = SourceSpan.between(traversal.rootSpan, first.span)
    var hasKey = false
    if case .index(let key)? = rest.first?.kind, let step = rest.first {
      if let reason = InstanceKey.refusal(of: key) {
        return failure(
          "Invalid index for module instance: \(reason).", step.span, summary: "Invalid index key")
      }
      hasKey = true
      if rest.count == 1 { span = .between(span, step.span) }
      rest = rest.dropFirst()
    }
    if let output = rest.first {
      guard output.attribute != nil else {
        return failure("Module instance objects do not support this operation.", output.span)
      }
      span = .between(span, output.span)
    }
    return .success(
      Reference(subject: .module(name), hasKey: hasKey, remaining: Array(rest), span: span))
  }

  private static func resource(
    _ traversal: Traversal, _ mode: ResourceAddress.Mode, skip: Int, _ noun: String
  ) -> Result<Reference, ProblemError> {
    var steps = traversal.steps[...]
    var type = traversal.root
    if skip == 1 {
      guard steps.count >= 2 else {
        return failure(
          "The \"\(traversal.root)\" object must be followed by two attribute names: the \(noun) type and the resource name.",
          traversal.span)
      }
      let step = steps.removeFirst()
      guard let first = step.attribute else {
        return failure(
          "The \"\(traversal.root)\" object does not support this operation.", step.span)
      }
      type = first
    }
    guard let step = steps.first else {
      return failure(
        "A reference to a resource type must be followed by at least one attribute access, specifying the resource name.",
        traversal.span)
    }
    guard let name = step.attribute else {
      let what: String
      switch mode {
      case .managed: what = "a resource type"
      case .data: what = "a data source"
      case .ephemeral: what = "an ephemeral resource type"
      }
      return failure(
        "A reference to \(what) must be followed by at least one attribute access, specifying the resource name.",
        step.span)
    }
    steps = steps.dropFirst()
    var span = SourceSpan.between(traversal.rootSpan, step.span)
    var hasKey = false
    if case .index(let key)? = steps.first?.kind, let step = steps.first {
      if let reason = InstanceKey.refusal(of: key) {
        return failure(
          "Invalid index for resource instance: \(reason).", step.span,
          summary: "Invalid index key")
      }
      hasKey = true
      span = .between(span, step.span)
      steps = steps.dropFirst()
    }
    return .success(
      Reference(
        subject: .resource(ResourceAddress(mode: mode, type: type, name: name)), hasKey: hasKey,
        remaining: Array(steps), span: span))
  }
}

/// A problem as an error, for results.
struct ProblemError: Error {
  let problem: Problem
  init(_ problem: Problem) { self.problem = problem }
}
