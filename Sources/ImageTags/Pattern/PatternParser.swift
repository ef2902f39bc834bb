/// Reads RE2's syntax as Go does, with the same errors.
struct PatternParser {
  struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesNewline = false
    var swapsLazy = false
  }

  static let maximumDepth = 200
  static let maximumRepeat = 1000

  let scalars: [Unicode.Scalar]
  var position = 0
  var flags = Flags()
  var groupNames = [""]
  var sets: [ScalarSet] = []
  private var depth = 0

  init(_ text: String) { self.scalars = Array(text.unicodeScalars) }

  mutating func parse() throws(Pattern.ParseError) -> PatternTree {
    let tree = try alternatives()
    guard isAtEnd else { throw error("unexpected )", from: 0) }
    guard tree.repeats(within: Self.maximumRepeat) else {
      throw error("repeat count over \(Self.maximumRepeat)", from: 0)
    }
    return tree
  }

  var isAtEnd: Bool { position == scalars.count }

  var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  func peek(_ distance: Int = 1) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  mutating func skip(_ wanted: Unicode.Scalar) -> Bool {
    guard current == wanted else { return false }
    position += 1
    return true
  }

  func text(from start: Int, to end: Int? = nil) -> String {
    var text = String.UnicodeScalarView()
    text.append(
      contentsOf: scalars[min(start, scalars.count)..<min(end ?? position, scalars.count)])
    return String(text)
  }

  func error(_ message: String, from start: Int) -> Pattern.ParseError {
    Pattern.ParseError(message: message, fragment: text(from: start, to: scalars.count))
  }

  private mutating func alternatives() throws(Pattern.ParseError) -> PatternTree {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw error("groups are nested more than \(Self.maximumDepth) deep", from: 0)
    }
    var parts = [try sequence()]
    while skip("|") { parts.append(try sequence()) }
    return parts.count == 1 ? parts[0] : .alternatives(parts)
  }

  private mutating func sequence() throws(Pattern.ParseError) -> PatternTree {
    var parts: [PatternTree] = []
    while let scalar = current, scalar != "|", scalar != ")" {
      let start = position
      if scalar == "\\", peek() == "Q" {
        position += 2
        while !isAtEnd, !(current == "\\" && peek() == "E") {
          parts.append(literal(scalars[position]))
          position += 1
        }
        position = min(position + 2, scalars.count)
        // A repetition after the quote repeats its last scalar.
        guard let last = parts.popLast() else { continue }
        parts.append(try repetitions(of: last, from: start))
        continue
      }
      if scalar == "*" || scalar == "+" || scalar == "?" {
        throw Pattern.ParseError(
          message: "missing argument to repetition operator", fragment: String(scalar))
      }
      if scalar == "{", repetitionBounds() != nil {
        throw error("missing argument to repetition operator", from: start)
      }
      position = start
      guard let atom = try atom() else { continue }
      parts.append(try repetitions(of: atom, from: start))
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
  }

  private mutating func repetitions(
    of atom: PatternTree, from start: Int
  ) throws(Pattern.ParseError) -> PatternTree {
    let operatorStart = position
    guard let (minimum, maximum) = try repetition() else { return atom }
    let isLazy = skip("?") != flags.swapsLazy
    let operatorEnd = position
    let fragment = text(from: operatorStart, to: operatorEnd)
    if try repetition() != nil {
      throw Pattern.ParseError(
        message: "invalid nested repetition operator",
        fragment: fragment + text(from: operatorEnd))
    }
    position = operatorEnd
    return .repetition(atom, minimum: minimum, maximum: maximum, isLazy: isLazy)
  }

  private mutating func repetition() throws(Pattern.ParseError) -> (Int, Int?)? {
    let start = position
    switch current {
    case "*":
      position += 1
      return (0, nil)
    case "+":
      position += 1
      return (1, nil)
    case "?":
      position += 1
      return (0, 1)
    case "{":
      guard let bounds = repetitionBounds() else {
        position = start
        return nil
      }
      let (minimum, maximum) = bounds
      guard max(minimum, maximum ?? 0) <= Self.maximumRepeat, minimum <= maximum ?? .max else {
        throw Pattern.ParseError(message: "invalid repeat count", fragment: text(from: start))
      }
      return bounds
    default: return nil
    }
  }

  /// `{n}`, `{n,}` or `{n,m}`; anything else is text.
  private mutating func repetitionBounds() -> (Int, Int?)? {
    position += 1
    guard let minimum = number() else { return nil }
    if skip("}") { return (minimum, minimum) }
    guard skip(",") else { return nil }
    if skip("}") { return (minimum, nil) }
    guard let maximum = number(), skip("}") else { return nil }
    return (minimum, maximum)
  }

  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while let scalar = current, let digit = scalar.decimalDigit {
      value = min(value * 10 + digit, 1_000_000)
      position += 1
    }
    guard position > start, position == start + 1 || scalars[start] != "0" else { return nil }
    return value
  }

  func literal(_ scalar: Unicode.Scalar) -> PatternTree {
    flags.ignoresCase
      ? .literal(CaseFolding.fold(scalar.value), ignoresCase: true)
      : .literal(scalar.value, ignoresCase: false)
  }

  mutating func set(
    _ items: [ScalarSet.Item], isNegated: Bool = false
  ) -> PatternTree {
    sets.append(ScalarSet(items, isNegated: isNegated, ignoresCase: flags.ignoresCase))
    return .set(sets.count - 1)
  }

  /// One thing that can be repeated, or `nil` for a change of flags.
  private mutating func atom() throws(Pattern.ParseError) -> PatternTree? {
    guard let scalar = current else { return nil }
    switch scalar {
    case "(": return try group()
    case "[": return try bracketClass()
    case ".":
      position += 1
      let newline: [ClosedRange<UInt32>] = flags.dotMatchesNewline ? [] : [0x0A...0x0A]
      return set(NamedScalars.complement(of: newline).map { .range($0) })
    case "^":
      position += 1
      return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$":
      position += 1
      return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    case "\\": return try escape()
    default:
      position += 1
      return literal(scalar)
    }
  }

  private mutating func group() throws(Pattern.ParseError) -> PatternTree? {
    let start = position
    position += 1
    let outer = flags
    var capture: Int?
    if current == "?" {
      if peek() == "P" && peek(2) == "<" || peek() == "<" {
        position += peek() == "P" ? 3 : 2
        let nameStart = position
        while let scalar = current, scalar != ">" {
          guard scalar == "_" || scalar.isASCII && scalar.properties.isAlphanumericASCII else {
            throw error("invalid named capture", from: start)
          }
          position += 1
        }
        guard position > nameStart, current == ">" else {
          throw error("invalid named capture", from: start)
        }
        capture = groupNames.count
        groupNames.append(text(from: nameStart))
        position += 1
      } else if try flagsOnly(from: start) {
        return nil
      }
    } else {
      capture = groupNames.count
      groupNames.append("")
    }
    let inner = try alternatives()
    guard skip(")") else { throw error("missing closing )", from: 0) }
    flags = outer
    return capture.map { .group($0, inner) } ?? inner
  }

  /// Reads `?flags` up to `)`, and says so, or `:`.
  private mutating func flagsOnly(from start: Int) throws(Pattern.ParseError) -> Bool {
    position += 1
    var value = true
    var sawFlag = false
    while let scalar = current {
      position += 1
      switch scalar {
      case "i": flags.ignoresCase = value
      case "m": flags.isMultiline = value
      case "s": flags.dotMatchesNewline = value
      case "U": flags.swapsLazy = value
      case "-" where value:
        value = false
        sawFlag = false
        continue
      case ":", ")":
        guard value || sawFlag else { throw unsupported(from: start) }
        return scalar == ")"
      default: throw unsupported(from: start)
      }
      sawFlag = true
    }
    throw error("missing closing )", from: 0)
  }

  private func unsupported(from start: Int) -> Pattern.ParseError {
    Pattern.ParseError(
      message: "invalid or unsupported Perl syntax", fragment: text(from: start))
  }
}

extension Unicode.Scalar {
  var decimalDigit: Int? {
    value >= 0x30 && value <= 0x39 ? Int(value - 0x30) : nil
  }
}

extension Unicode.Scalar.Properties {
  var isAlphanumericASCII: Bool { isAlphabetic || numericType != nil }
}
