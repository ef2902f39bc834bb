extension RegularExpressionParser {
  mutating func parseEscape() throws(RegularExpression.SyntaxError)
    -> RegularExpressionTree
  {
    let start = position
    position += 1
    guard let next = peek else {
      throw SyntaxError(message: "trailing backslash at end of expression", fragment: "")
    }
    switch next {
    case "A":
      position += 1
      return .assert(.textStart)
    case "z":
      position += 1
      return .assert(.textEnd)
    case "b":
      position += 1
      return .assert(.wordBoundary)
    case "B":
      position += 1
      return .assert(.notWordBoundary)
    case "Q":
      position += 1
      var parts: [RegularExpressionTree] = []
      while position < scalars.count {
        if scalars[position] == "\\", position + 1 < scalars.count, scalars[position + 1] == "E" {
          position += 2
          break
        }
        parts.append(literal(scalars[position]))
        position += 1
      }
      return .sequence(parts)
    default:
      if let ranges = try parseClassEscape() { return .set(ranges) }
      let value = try parseCharacterEscape(start)
      let ranges = [value...value]
      return .set(flags.ignoresCase ? ScalarRanges.ignoringCase(ranges) : ranges)
    }
  }

  /// `\d`, `\pL` and their like; the position is after the backslash.
  mutating func parseClassEscape() throws(RegularExpression.SyntaxError)
    -> [ClosedRange<UInt32>]?
  {
    guard let next = peek else { return nil }
    if let ranges = ScalarRanges.perl(next) {
      position += 1
      return ranges
    }
    guard next == "p" || next == "P" else { return nil }
    let start = position - 1
    position += 1
    var name: String
    if peek == "{" {
      let end = scalars[position...].firstIndex(of: "}") ?? scalars.count
      name = text(position + 1..<end)
      position = min(end + 1, scalars.count)
    } else {
      name = text(position..<position + 1)
      position = min(position + 1, scalars.count)
    }
    var isNegated = next == "P"
    if name.hasPrefix("^") {
      isNegated.toggle()
      name.removeFirst()
    }
    guard let ranges = ScalarRanges.property(name) else {
      throw SyntaxError(message: "invalid character class range", fragment: text(start..<position))
    }
    return isNegated ? ScalarRanges.inverted(ranges) : ranges
  }

  mutating func parseCharacterEscape(
    _ start: Int
  ) throws(RegularExpression.SyntaxError) -> UInt32 {
    let next = scalars[position]
    position += 1
    switch next {
    case "a": return 7
    case "f": return 12
    case "n": return 10
    case "r": return 13
    case "t": return 9
    case "v": return 11
    case "0"..."7":
      var value = next.value - 0x30
      var count = 1
      // \1 to \7 alone would be a back reference, which RE2 does not have.
      if next != "0", !(peek.map { ("0"..."7").contains($0) } ?? false) { break }
      while count < 3, let digit = peek, ("0"..."7").contains(digit) {
        value = value * 8 + digit.value - 0x30
        position += 1
        count += 1
      }
      return value
    case "x":
      if peek == "{" {
        let end = scalars[position...].firstIndex(of: "}") ?? scalars.count
        if end < scalars.count, let value = UInt32(text(position + 1..<end), radix: 16),
          value <= 0x10FFFF
        {
          position = end + 1
          return value
        }
      } else if position + 2 <= scalars.count,
        let value = UInt32(text(position..<position + 2), radix: 16)
      {
        position += 2
        return value
      }
    default:
      if next.isASCII, !Byte.isLetter(UInt8(next.value)), !Byte.isDigit(UInt8(next.value)) {
        return next.value
      }
    }
    throw SyntaxError(message: "invalid escape sequence", fragment: text(start..<position))
  }
}
