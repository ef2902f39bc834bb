/// Reads RE2 syntax.
struct RegularExpressionParser {
  typealias SyntaxError = RegularExpression.SyntaxError

  struct Flags {
    var ignoresCase = false
    var isMultiLine = false
    var dotMatchesNewline = false
    var isUngreedy = false
  }

  let scalars: [Unicode.Scalar]
  var position = 0
  var flags = Flags()
  private var depth = 0
  private(set) var groupNames: [String?] = []

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range.clamped(to: 0..<scalars.count)])
    return String(view)
  }

  mutating func parse() throws(RegularExpression.SyntaxError) -> RegularExpressionTree {
    let tree = try parseChoice()
    if position < scalars.count {
      throw SyntaxError(message: "unexpected )", fragment: text(0..<scalars.count))
    }
    return tree
  }

  private mutating func parseChoice() throws(RegularExpression.SyntaxError)
    -> RegularExpressionTree
  {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 250 else {
      throw SyntaxError(
        message: "expression nests too deeply", fragment: text(0..<scalars.count))
    }
    var branches = [try parseSequence()]
    while peek == "|" {
      position += 1
      branches.append(try parseSequence())
    }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func parseSequence() throws(RegularExpression.SyntaxError)
    -> RegularExpressionTree
  {
    var parts: [RegularExpressionTree] = []
    var wasRepeated: Int?
    while let next = peek, next != "|", next != ")" {
      let start = position
      if next == "*" || next == "+" || next == "?" || isCount() {
        guard var last = parts.popLast() else {
          position += 1
          throw SyntaxError(
            message: "missing argument to repetition operator", fragment: text(start..<position))
        }
        if let wasRepeated {
          _ = try parseRepeat(.empty)
          throw SyntaxError(
            message: "invalid nested repetition operator", fragment: text(wasRepeated..<position))
        }
        last = try parseRepeat(last)
        parts.append(last)
        wasRepeated = start
        continue
      }
      wasRepeated = nil
      if let part = try parseAtom() { parts.append(part) }
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
  }

  /// Whether `{n}`, `{n,}` or `{n,m}` stands here; other braces are literal.
  private func isCount() -> Bool {
    guard peek == "{" else { return false }
    var index = position + 1
    func digits() -> Int {
      var count = 0
      while index < scalars.count, ("0"..."9").contains(scalars[index]) {
        index += 1
        count += 1
      }
      return count
    }
    guard digits() > 0, index < scalars.count else { return false }
    if scalars[index] == "," {
      index += 1
      _ = digits()
    }
    return index < scalars.count && scalars[index] == "}"
  }

  private mutating func parseRepeat(
    _ inner: RegularExpressionTree
  ) throws(RegularExpression.SyntaxError) -> RegularExpressionTree {
    let start = position
    var minimum = 0
    var maximum: Int?
    switch peek {
    case "*"?: position += 1
    case "+"?:
      minimum = 1
      position += 1
    case "?"?:
      maximum = 1
      position += 1
    default:
      let end = scalars[position...].firstIndex(of: "}") ?? scalars.count - 1
      let parts = text(position + 1..<end).split(separator: ",", omittingEmptySubsequences: false)
      minimum = Int(parts.first ?? "") ?? .max
      maximum = parts.count == 1 ? minimum : parts[1].isEmpty ? nil : Int(parts[1]) ?? .max
      position = end + 1
      if minimum > 1000 || (maximum ?? 0) > 1000 || minimum > maximum ?? .max {
        throw SyntaxError(message: "invalid repeat count", fragment: text(start..<position))
      }
    }
    var isGreedy = !flags.isUngreedy
    if peek == "?" {
      position += 1
      isGreedy.toggle()
    }
    return .repeated(inner, minimum, maximum, isGreedy: isGreedy)
  }

  private mutating func parseAtom() throws(RegularExpression.SyntaxError)
    -> RegularExpressionTree?
  {
    let next = scalars[position]
    switch next {
    case "(": return try parseGroup()
    case "[": return try parseClass()
    case ".":
      position += 1
      return .set(
        flags.dotMatchesNewline ? [0...0x10FFFF] : ScalarRanges.inverted([0x0A...0x0A]))
    case "^":
      position += 1
      return .assert(flags.isMultiLine ? .lineStart : .textStart)
    case "$":
      position += 1
      return .assert(flags.isMultiLine ? .lineEnd : .textEnd)
    case "\\": return try parseEscape()
    default:
      position += 1
      return literal(next)
    }
  }

  func literal(_ scalar: Unicode.Scalar) -> RegularExpressionTree {
    let ranges = [scalar.value...scalar.value]
    return .set(flags.ignoresCase ? ScalarRanges.ignoringCase(ranges) : ranges)
  }

  private mutating func parseGroup() throws(RegularExpression.SyntaxError)
    -> RegularExpressionTree?
  {
    let start = position
    position += 1
    let outer = flags
    guard peek == "?" else { return try finishGroup(start, outer, name: nil, captures: true) }
    position += 1
    if peek == "P" || peek == "<" {
      if peek == "P" { position += 1 }
      guard peek == "<" else {
        throw SyntaxError(
          message: "invalid or unsupported Perl syntax", fragment: text(start..<position + 1))
      }
      if position + 1 < scalars.count, scalars[position + 1] == "=" || scalars[position + 1] == "!"
      {
        throw SyntaxError(
          message: "invalid or unsupported Perl syntax", fragment: text(start..<position + 1))
      }
      position += 1
      let nameStart = position
      while let next = peek, next != ">" {
        _ = next
        position += 1
      }
      let name = text(nameStart..<position)
      guard peek == ">" else {
        throw SyntaxError(message: "invalid named capture", fragment: text(start..<scalars.count))
      }
      position += 1
      let isValid =
        !name.isEmpty
        && name.utf8.allSatisfy {
          Byte.isLetter($0) || Byte.isDigit($0) || $0 == Byte.underscore
        }
      guard isValid else {
        throw SyntaxError(message: "invalid named capture", fragment: text(start..<position))
      }
      if groupNames.contains(name) {
        throw SyntaxError(message: "duplicate capture group name", fragment: name)
      }
      return try finishGroup(start, outer, name: name, captures: true)
    }
    var isNegated = false
    while let next = peek {
      position += 1
      switch next {
      case "i": flags.ignoresCase = !isNegated
      case "m": flags.isMultiLine = !isNegated
      case "s": flags.dotMatchesNewline = !isNegated
      case "U": flags.isUngreedy = !isNegated
      case "-" where !isNegated: isNegated = true
      case ":": return try finishGroup(start, outer, name: nil, captures: false)
      case ")": return nil
      default:
        throw SyntaxError(
          message: "invalid or unsupported Perl syntax", fragment: text(start..<position))
      }
    }
    throw SyntaxError(message: "missing closing )", fragment: text(0..<scalars.count))
  }

  private mutating func finishGroup(
    _ start: Int, _ outer: Flags, name: String?, captures: Bool
  ) throws(RegularExpression.SyntaxError) -> RegularExpressionTree {
    if captures { groupNames.append(name) }
    let index = groupNames.count
    let inner = try parseChoice()
    guard peek == ")" else {
      throw SyntaxError(message: "missing closing )", fragment: text(0..<scalars.count))
    }
    position += 1
    flags = outer
    return captures ? .group(inner, index) : inner
  }

  private mutating func parseClass() throws(RegularExpression.SyntaxError)
    -> RegularExpressionTree
  {
    let start = position
    position += 1
    var isNegated = false
    if peek == "^" {
      isNegated = true
      position += 1
    }
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let next = peek, next != "]" || isFirst {
      isFirst = false
      if next == "[", position + 1 < scalars.count, scalars[position + 1] == ":",
        let (named, end) = try parseNamedClass()
      {
        ranges += named
        position = end
        continue
      }
      if next == "\\" {
        let mark = position
        position += 1
        if let named = try parseClassEscape() {
          ranges += named
          continue
        }
        position = mark
      }
      let rangeStart = position
      let low = try parseClassScalar(start)
      var high = low
      if peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
        position += 1
        high = try parseClassScalar(start)
        if high < low {
          throw SyntaxError(
            message: "invalid character class range", fragment: text(rangeStart..<position))
        }
      }
      ranges.append(low...high)
    }
    guard peek == "]" else {
      throw SyntaxError(message: "missing closing ]", fragment: text(start..<scalars.count))
    }
    position += 1
    if flags.ignoresCase { ranges = ScalarRanges.ignoringCase(ranges) }
    return .set(isNegated ? ScalarRanges.inverted(ranges) : ScalarRanges.normalized(ranges))
  }

  private mutating func parseClassScalar(
    _ classStart: Int
  ) throws(RegularExpression.SyntaxError) -> UInt32 {
    guard let next = peek else {
      throw SyntaxError(message: "missing closing ]", fragment: text(classStart..<scalars.count))
    }
    let start = position
    position += 1
    guard next == "\\" else { return next.value }
    guard peek != nil else {
      throw SyntaxError(message: "missing closing ]", fragment: text(classStart..<scalars.count))
    }
    return try parseCharacterEscape(start)
  }

  private func parseNamedClass() throws(RegularExpression.SyntaxError)
    -> ([ClosedRange<UInt32>], Int)?
  {
    var end = position + 2
    while end + 1 < scalars.count, !(scalars[end] == ":" && scalars[end + 1] == "]") { end += 1 }
    guard end + 1 < scalars.count else { return nil }
    let name = text(position + 2..<end)
    guard let ranges = ScalarRanges.posix(name) else {
      throw SyntaxError(
        message: "invalid character class range", fragment: text(position..<end + 2))
    }
    return (ranges, end + 2)
  }
}
