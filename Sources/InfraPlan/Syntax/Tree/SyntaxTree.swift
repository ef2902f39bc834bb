public import SourceText

/// Everything parsed from one file: an arena of expression nodes and the file's body.
///
/// A class because every expression handed out shares it; it never changes after parsing.
public final class SyntaxTree: Sendable {
  /// The file it was parsed from, within the set of files of the run.
  public let file: SourceFile.ID
  let nodes: [Expression.Node]
  /// The top-level arguments and blocks.
  public let body: Body

  /// What is wrong with templates in JSON strings, by the node that stands for each.
  let templateProblems: [Expression.Node.ID: [Problem]]

  init(
    file: SourceFile.ID, nodes: [Expression.Node], body: Body,
    templateProblems: [Expression.Node.ID: [Problem]] = [:]
  ) {
    self.templateProblems = templateProblems
    self.file = file
    self.nodes = nodes
    self.body = body
  }

  func expression(_ id: Expression.Node.ID) -> Expression { Expression(tree: self, id: id) }
}

/// The content of a file or of a block: arguments and nested blocks, in source order.
public struct Body: Sendable {
  /// `name = expression`.
  public struct Attribute: Sendable {
    /// The name of the argument.
    public let name: String
    /// The bytes of the name.
    public let nameSpan: SourceSpan
    /// The whole definition.
    public let span: SourceSpan
    let expression: Expression.Node.ID
    let equalsSpan: SourceSpan
  }

  /// `type "label" { … }`.
  public struct Block: Sendable {
    /// The first word.
    public let type: String
    /// The bytes of the first word.
    public let typeSpan: SourceSpan
    /// The labels, decoded.
    public let labels: [String]
    /// The bytes of each label, quotes included.
    public let labelSpans: [SourceSpan]
    /// What is between the braces.
    public let body: Body
    let openSpan: SourceSpan
    let closeSpan: SourceSpan

    /// From the type to the last label.
    public var headerSpan: SourceSpan {
      // In JSON type and labels may stand anywhere before; the block is where its object begins.
      if body.isJSON { return openSpan }
      return labelSpans.last.map { .between(typeSpan, $0) } ?? typeSpan
    }
  }

  /// The arguments in source order; names are unique.
  public let attributes: [Attribute]
  /// The blocks in source order.
  public let blocks: [Block]
  /// From the first to the last byte.
  public let span: SourceSpan
  /// Whether it was written as a JSON object, whose mistakes have names of their own.
  var isJSON = false
  let endSpan: SourceSpan
  init(
    attributes: [Attribute], blocks: [Block], span: SourceSpan, endSpan: SourceSpan? = nil
  ) {
    self.attributes = attributes
    self.blocks = blocks
    self.span = span
    self.endSpan = endSpan ?? span.endPoint
  }

  /// Where to say that something is missing: the brace that opens the body, in JSON the one that
  /// closes it.
  var missingItemSpan: SourceSpan {
    guard isJSON else { return span.startPoint }
    var close = span
    close.start = max(span.start, span.end - min(1, span.end))
    return close
  }

  /// The same body with other contents.
  func with(attributes: [Attribute], blocks: [Block]) -> Body {
    var copy = Body(attributes: attributes, blocks: blocks, span: span, endSpan: endSpan)
    copy.isJSON = isJSON
    return copy
  }
}
