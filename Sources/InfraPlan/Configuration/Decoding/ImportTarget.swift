internal import SourceText

/// The `to` of an import: a reference whose keys may be expressions.
struct ImportTarget {
  enum Step {
    case fixed(Traversal.Step)
    /// A key that is computed for each instance.
    case key(Expression)
  }

  private let root: String
  private let rootSpan: SourceSpan
  private let steps: [Step]
  let expression: Expression

  /// Reads an expression as a target; `nil` if it is none.
  init?(_ expression: Expression) {
    self.expression = expression
    var reversed: [Step] = []
    var next = expression
    while true {
      switch next.node.kind {
      case .index(let collection, let key, _):
        reversed.append(.key(next.child(key)))
        next = next.child(collection)
        continue
      case .relativeTraversal(let source, let steps):
        reversed += steps.reversed().map(Step.fixed)
        next = next.child(source)
        continue
      case .scopeTraversal(let traversal):
        reversed += traversal.steps.reversed().map(Step.fixed)
        (root, rootSpan) = (traversal.root, traversal.rootSpan)
      default:
        guard let name = next.keyword else { return nil }
        (root, rootSpan) = (name, next.span)
      }
      break
    }
    steps = reversed.reversed()
  }

  var isConstant: Bool {
    steps.allSatisfy { if case .fixed = $0 { true } else { false } }
  }

  /// The reference without the keys that are expressions.
  var constantPart: Traversal {
    Traversal(
      root: root, rootSpan: rootSpan,
      steps: steps.compactMap { if case .fixed(let step) = $0 { step } else { nil } })
  }

  /// The reference with every key computed, or `nil` if a key cannot be used, which is reported.
  func traversal(_ evaluator: inout Evaluator, _ scope: Scope) -> Traversal? {
    var result = Traversal(root: root, rootSpan: rootSpan, steps: [])
    for step in steps {
      switch step {
      case .fixed(let step): result.steps.append(step)
      case .key(let key):
        let mark = evaluator.problems.count
        let value = evaluator.evaluate(key, in: scope)
        if evaluator.problems[mark...].hasErrors { return nil }
        if value.marks.contains(.sensitive) {
          evaluator.report(
            "Invalid index expression", "Import address index expression cannot be sensitive.",
            at: key.span, blaming: key, scope)
          return nil
        }
        result.steps.append(Traversal.Step(kind: .index(Self.literal(value)), span: key.span))
      }
    }
    return result
  }

  private static func literal(_ value: Value) -> Expression.Literal {
    if let text = value.stringValue { return .string(text) }
    if let number = value.numberValue { return .number(number) }
    return value.isNull ? .null : .unknown
  }
}
