/// A shell pattern over slash-separated names, as Go's `path.Match` reads it: `*` any characters but
/// `/`, `?` one of them, `[a-z]` and `[^a-z]` classes, `\` quotes. The whole name must match.
public struct GlobPattern: Hashable, Sendable {
  /// The pattern has an unclosed class, an empty one or a quote with nothing after it.
  public struct ParseError: Error, Hashable, Sendable {}

  private enum Element: Hashable {
    case star
    case any
    case literal(Unicode.Scalar)
    case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  private let elements: [Element]

  /// Reads a pattern.
  public init(_ text: some StringProtocol) throws(ParseError) {
    var elements: [Element] = []
    var rest = text.unicodeScalars[...]
    func quoted() throws(ParseError) -> Unicode.Scalar {
      guard let scalar = rest.popFirst() else { throw ParseError() }
      guard scalar == "\\" else { return scalar }
      guard let next = rest.popFirst() else { throw ParseError() }
      return next
    }
    while let scalar = rest.first {
      switch scalar {
      case "*":
        rest.removeFirst()
        if elements.last != .star { elements.append(.star) }
      case "?":
        rest.removeFirst()
        elements.append(.any)
      case "[":
        rest.removeFirst()
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var isFirst = true
        while isFirst || rest.first != "]" {
          isFirst = false
          if rest.first == "]" || rest.first == "-" { throw ParseError() }
          let low = try quoted()
          var high = low
          if rest.first == "-" {
            rest.removeFirst()
            if rest.first == "]" || rest.first == "-" { throw ParseError() }
            high = try quoted()
          }
          // A reversed range matches nothing, as in Go.
          if low <= high { ranges.append(low...high) }
          if rest.isEmpty { throw ParseError() }
        }
        rest.removeFirst()
        elements.append(.set(ranges, isNegated: isNegated))
      default: elements.append(.literal(try quoted()))
      }
    }
    self.elements = elements
  }

  /// Whether the whole name matches. O(name × pattern).
  public func matches(_ name: some StringProtocol) -> Bool {
    let scalars = Array(name.unicodeScalars)
    // Only the last star ever needs another try: an earlier one that could take more is subsumed,
    // unless a slash stops it, which ends the search as well.
    var (position, element) = (0, 0)
    var retry: (position: Int, element: Int)?
    while true {
      if element < elements.count {
        if elements[element] == .star {
          retry = (position, element)
          element += 1
          continue
        }
        if position < scalars.count, accepts(elements[element], scalars[position]) {
          position += 1
          element += 1
          continue
        }
      } else if position == scalars.count {
        return true
      }
      guard let last = retry, last.position < scalars.count, scalars[last.position] != "/" else {
        return false
      }
      retry = (last.position + 1, last.element)
      (position, element) = (last.position + 1, last.element + 1)
    }
  }

  private func accepts(_ element: Element, _ scalar: Unicode.Scalar) -> Bool {
    switch element {
    case .star: false
    case .any: scalar != "/"
    case .literal(let wanted): scalar == wanted
    case .set(let ranges, let isNegated):
      ranges.contains { $0.contains(scalar) } != isNegated
    }
  }
}
