internal import SourceText

/// A reference: a root name and the steps from it, such as `module.network.ids[0]`.
struct Traversal: Sendable {
  var root: String
  var rootSpan: SourceSpan
  var steps: [Step]

  struct Step: Sendable {
    var kind: Kind
    var span: SourceSpan

    enum Kind: Sendable {
      case attribute(String)
      case index(Expression.Literal)
      /// `[*]` where a step list is wanted instead of an expression.
      case splat
    }

    var attribute: String? {
      if case .attribute(let name) = kind { name } else { nil }
    }
  }

  var span: SourceSpan { steps.last.map { .between(rootSpan, $0.span) } ?? rootSpan }

  /// The reference as configuration text.
  var text: String { root + Self.text(steps) }

  static func text(_ steps: [Step]) -> String {
    var text = ""
    for step in steps {
      switch step.kind {
      case .attribute(let name): text += "." + name
      case .index(.number(let number)): text += "[\(number.text)]"
      case .index(.string(let key)): text += "[\(Quoting.goQuoted(key))]"
      case .index: text += "[...]"
      case .splat: text += "[*]"
      }
    }
    return text
  }
}
