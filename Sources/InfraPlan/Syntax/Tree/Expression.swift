public import SourceText

/// An expression of a configuration: a node of its file's tree.
///
/// Cheap to copy: a reference to the tree and an index.
public struct Expression: Sendable {
  let tree: SyntaxTree
  let id: Node.ID

  var node: Node { tree.nodes[Int(id)] }

  /// The bytes of the whole expression.
  public var span: SourceSpan { node.span }

  func child(_ id: Node.ID) -> Expression { Expression(tree: tree, id: id) }

  /// The nodes of an expression.
  struct Node: Sendable {
    typealias ID = UInt32

    var kind: Kind
    var span: SourceSpan

    enum Kind: Sendable {
      case literal(Literal)
      case template([ID])
      /// A template of one interpolation and nothing else: its value keeps its type.
      case templateWrap(ID)
      case templateJoin(ID)
      case scopeTraversal(Traversal)
      case relativeTraversal(ID, [Traversal.Step])
      case call(Call)
      case conditional(ID, ID, ID)
      case index(collection: ID, key: ID, bracket: SourceSpan)
      case tuple([ID], open: SourceSpan)
      case object([ObjectItem], open: SourceSpan)
      case objectKey(ID, forceNonLiteral: Bool)
      /// Boxed: it is rare, and the largest.
      indirect case forEach(For)
      case splat(source: ID, each: ID, item: ID, marker: SourceSpan)
      case anonymousSymbol
      case binary(BinaryOperator, ID, ID)
      case unary(UnaryOperator, ID, symbol: SourceSpan)
      case parentheses(ID)
      /// Stands where a syntax error was reported.
      case malformed
      /// A JSON array or object; evaluates as a tuple or object constructor without traversals.
      case jsonArray([ID])
      case jsonObject([JSONItem])
      /// A JSON string: its decoded text, a template where templates are evaluated.
      case jsonString(String, template: ID)
    }
  }

  struct ObjectItem: Sendable {
    var key: Node.ID
    var value: Node.ID
  }

  struct JSONItem: Sendable {
    var name: String
    var nameSpan: SourceSpan
    var key: Node.ID
    var value: Node.ID
  }

  struct Call: Sendable {
    var name: String
    var arguments: [Node.ID]
    var expandsFinal: Bool
    var nameSpan: SourceSpan
    var openParen: SourceSpan
    var closeParen: SourceSpan
  }

  struct For: Sendable {
    var keyName: String
    var valueName: String
    var collection: Node.ID
    var key: Node.ID?
    var value: Node.ID
    var condition: Node.ID?
    var isGrouped: Bool
    var open: SourceSpan
    var close: SourceSpan
  }

  enum Literal: Sendable {
    case null
    case bool(Bool)
    case number(Number)
    case string(String)
    case unknown
  }

  enum UnaryOperator: String, Sendable {
    case not = "!"
    case negate = "-"
  }

  enum BinaryOperator: String, Sendable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
  }
}

extension Expression {
  /// Where the expression begins to be recognisable: used as the subject of some problems.
  var startSpan: SourceSpan {
    switch node.kind {
    case .call(let call): .between(call.nameSpan, call.openParen)
    case .conditional(let condition, _, _): child(condition).startSpan
    case .index(_, _, let bracket): bracket.firstByte
    case .tuple(_, let open), .object(_, let open): open
    case .forEach(let loop): loop.open
    case .splat(_, _, _, let marker): marker
    case .binary(_, let left, _): child(left).startSpan
    case .unary(_, _, let symbol): symbol
    case .template(let parts): parts.first.map { child($0).startSpan } ?? span
    case .templateJoin(let tuple): child(tuple).startSpan
    case .parentheses(let inner): child(inner).startSpan
    case .objectKey(let wrapped, _): child(wrapped).startSpan
    default: span
    }
  }

  /// The text of a template without sequences, or `nil`.
  var literalString: String? {
    switch node.kind {
    case .template(let parts) where parts.count == 1:
      guard case .literal(.string(let text)) = child(parts[0]).node.kind else { return nil }
      return text
    case .jsonString(let text, _): return text
    default: return nil
    }
  }

  /// The name that a bare word, or a quoted one in JSON, stands for where a keyword is expected.
  var keyword: String? {
    switch node.kind {
    case .scopeTraversal(let traversal) where traversal.steps.isEmpty: traversal.root
    case .objectKey(let wrapped, forceNonLiteral: false): child(wrapped).keyword
    case .literal(.bool(let value)): value ? "true" : "false"
    case .literal(.null): "null"
    case .jsonString(_, let template): child(template).keywordOfTemplate
    default: nil
    }
  }

  private var keywordOfTemplate: String? { literalString }

  /// The reference that the expression is; a keyword is a name like any other here.
  var constantTraversal: Traversal? {
    switch node.kind {
    case .scopeTraversal(let traversal): return traversal
    case .literal(.bool), .literal(.null):
      return keyword.map { Traversal(root: $0, rootSpan: span, steps: []) }
    case .objectKey(let wrapped, forceNonLiteral: false): return child(wrapped).constantTraversal
    case .relativeTraversal(let source, let steps):
      guard var traversal = child(source).constantTraversal else { return nil }
      traversal.steps += steps
      return traversal
    default: return nil
    }
  }
}
