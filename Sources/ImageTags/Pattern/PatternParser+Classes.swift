extension PatternParser {
  /// What a backslash introduces outside a class.
  mutating func escape() throws(Pattern.ParseError) -> PatternTree {
    let start = position
    guard let letter = peek() else {
      throw error("trailing backslash at end of expression", from: scalars.count)
    }
    switch letter {
    case "A":
      position += 2
      return .assertion(.textStart)
    case "z":
      position += 2
      return .assertion(.textEnd)
    case "b":
      position += 2
      return .assertion(.wordBoundary)
    case "B":
      position += 2
      return .assertion(.noWordBoundary)
    default: break
    }
    if let items = try classEscape() { return set(items) }
    position = start
    return literal(try escapedScalar())
  }

  /// `[…]`.
  mutating func bracketClass() throws(Pattern.ParseError) -> PatternTree {
    let start = position
    position += 1
    let isNegated = skip("^")
    var items: [ScalarSet.Item] = []
    var isFirst = true
    while isFirst || current != "]" {
      guard !isAtEnd else { throw error("missing closing ]", from: start) }
      isFirst = false
      if current == "[", peek() == ":", let posix = try posixClass() {
        items += posix
        continue
      }
      let rangeStart = position
      if current == "\\", let escaped = try classEscape() {
        items += escaped
        continue
      }
      position = rangeStart
      let low = try classScalar(from: start)
      var high = low
      if current == "-", let next = peek(), next != "]" {
        position += 1
        high = try classScalar(from: start)
        guard low <= high else {
          throw Pattern.ParseError(
            message: "invalid character class range", fragment: text(from: rangeStart))
        }
      }
      items.append(.range(low.value...high.value))
    }
    position += 1
    return set(items, isNegated: isNegated)
  }

  private mutating func classScalar(
    from start: Int
  ) throws(Pattern.ParseError) -> Unicode.Scalar {
    guard let scalar = current else { throw error("missing closing ]", from: start) }
    guard scalar == "\\" else {
      position += 1
      return scalar
    }
    return try escapedScalar()
  }

  /// `[:name:]` or `[:^name:]`; `nil` if the bracket is not closed that way.
  private mutating func posixClass() throws(Pattern.ParseError) -> [ScalarSet.Item]? {
    let start = position
    var end = position + 2
    while end + 1 < scalars.count, !(scalars[end] == ":" && scalars[end + 1] == "]") { end += 1 }
    guard end + 1 < scalars.count else { return nil }
    position += 2
    let isNegated = skip("^")
    let name = text(from: position, to: end)
    position = end + 2
    guard let ranges = NamedScalars.posix(name) else {
      throw Pattern.ParseError(
        message: "invalid character class range", fragment: text(from: start))
    }
    return (isNegated ? NamedScalars.complement(of: ranges) : ranges).map { .range($0) }
  }

  /// `\d`, `\S`, `\pL`, `\P{Lu}` and the like; `nil` if it is none of these.
  private mutating func classEscape() throws(Pattern.ParseError) -> [ScalarSet.Item]? {
    let start = position
    guard let letter = peek() else { return nil }
    if let lower = letter.properties.lowercaseMapping.unicodeScalars.first,
      let ranges = NamedScalars.perl(lower), letter.isASCII
    {
      position += 2
      return (letter == lower ? ranges : NamedScalars.complement(of: ranges)).map { .range($0) }
    }
    guard letter == "p" || letter == "P" else { return nil }
    position += 2
    var isNegated = letter == "P"
    var name = ""
    if skip("{") {
      if skip("^") { isNegated.toggle() }
      let nameStart = position
      while let scalar = current, scalar != "}" { position += 1 }
      guard !isAtEnd else {
        throw error("invalid character class range", from: start)
      }
      name = text(from: nameStart)
      position += 1
    } else if let scalar = current {
      name = String(scalar)
      position += 1
    }
    if name == "Any" { return isNegated ? [] : [.range(0...0x10FFFF)] }
    guard let categories = NamedScalars.categories(name) else {
      throw Pattern.ParseError(
        message: "invalid character class range", fragment: text(from: start))
    }
    return [.categories(categories, isNegated: isNegated)]
  }

  /// One scalar, written with a backslash.
  private mutating func escapedScalar() throws(Pattern.ParseError) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let letter = current else {
      throw error("trailing backslash at end of expression", from: scalars.count)
    }
    position += 1
    switch letter {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "0"..."7":
      // A digit other than 0 needs another after it: alone it would be a back-reference.
      guard letter == "0" || current.map({ ("0"..."7").contains($0) }) ?? false else {
        throw invalidEscape(from: start)
      }
      var value = letter.value - 0x30
      for _ in 0..<2 {
        guard let digit = current, ("0"..."7").contains(digit) else { break }
        value = value * 8 + digit.value - 0x30
        position += 1
      }
      guard let scalar = Unicode.Scalar(value) else { throw invalidEscape(from: start) }
      return scalar
    case "x": return try hexadecimalScalar(from: start)
    default:
      guard letter.isASCII, !letter.properties.isAlphanumericASCII else {
        throw invalidEscape(from: start)
      }
      return letter
    }
  }

  private mutating func hexadecimalScalar(
    from start: Int
  ) throws(Pattern.ParseError) -> Unicode.Scalar {
    let isBraced = skip("{")
    var value: UInt32 = 0
    var count = 0
    while let scalar = current, let digit = Character(scalar).hexDigitValue, scalar.isASCII,
      isBraced || count < 2
    {
      value = value * 16 + UInt32(digit)
      count += 1
      position += 1
      guard value <= 0x10FFFF else { throw invalidEscape(from: start) }
    }
    guard isBraced ? count > 0 && skip("}") : count == 2, let scalar = Unicode.Scalar(value) else {
      throw invalidEscape(from: start)
    }
    return scalar
  }

  private func invalidEscape(from start: Int) -> Pattern.ParseError {
    Pattern.ParseError(message: "invalid escape sequence", fragment: text(from: start))
  }
}
