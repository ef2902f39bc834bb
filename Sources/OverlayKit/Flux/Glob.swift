/// A file name pattern of a substitution: `*`, `?`, `[a-z]`, `[^a]` and `\` before a literal
/// character. Unlike in a path, `*` and `?` also match `/`.
struct Glob {
  private enum Element {
    case any
    case one
    case literal(Unicode.Scalar)
    case set(isNegated: Bool, ranges: [ClosedRange<UInt32>])
  }

  private let elements: [Element]

  /// Reads a pattern; `nil` if it is malformed.
  init?(_ pattern: [UInt8]) {
    var elements: [Element] = []
    var rest = String(decoding: pattern, as: UTF8.self).unicodeScalars[...]
    func literal() -> Unicode.Scalar? {
      guard let first = rest.popFirst() else { return nil }
      return first == "\\" ? rest.popFirst() : first
    }
    while let next = rest.first {
      switch next {
      case "*":
        rest.removeFirst()
        elements.append(.any)
      case "?":
        rest.removeFirst()
        elements.append(.one)
      case "[":
        rest.removeFirst()
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<UInt32>] = []
        while rest.first != "]" || ranges.isEmpty {
          guard rest.first != "-", rest.first != "]", let low = literal() else { return nil }
          var high = low
          if rest.first == "-" {
            rest.removeFirst()
            guard rest.first != "]", let end = literal() else { return nil }
            high = end
          }
          if low <= high { ranges.append(low.value...high.value) }
        }
        rest.removeFirst()
        elements.append(.set(isNegated: isNegated, ranges: ranges))
      default:
        guard let scalar = literal() else { return nil }
        elements.append(.literal(scalar))
      }
    }
    self.elements = elements
  }

  /// The lengths in bytes of all prefixes that the whole pattern matches, in rising order.
  /// O(text × pattern), by following all ways through the pattern at once.
  func matchingPrefixes(of text: [UInt8]) -> [Int] {
    var states = Set(closure(of: 0))
    var lengths: [Int] = states.contains(elements.count) ? [0] : []
    var length = 0
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      length += UTF8.width(scalar)
      var next: Set<Int> = []
      for state in states where state < elements.count {
        switch elements[state] {
        case .any: next.formUnion(closure(of: state))
        case .one: next.formUnion(closure(of: state + 1))
        case .literal(let wanted) where wanted == scalar: next.formUnion(closure(of: state + 1))
        case .set(let isNegated, let ranges)
        where ranges.contains(where: { $0.contains(scalar.value) }) != isNegated:
          next.formUnion(closure(of: state + 1))
        default: break
        }
      }
      states = next
      if states.isEmpty { break }
      if states.contains(elements.count) { lengths.append(length) }
    }
    return lengths
  }

  /// A position and those reached from it by letting `*` match nothing.
  private func closure(of position: Int) -> [Int] {
    var reached = [position]
    var position = position
    while position < elements.count, case .any = elements[position] {
      position += 1
      reached.append(position)
    }
    return reached
  }
}
