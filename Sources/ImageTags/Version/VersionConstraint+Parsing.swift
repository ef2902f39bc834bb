extension VersionConstraint {
  /// Why a text is not a constraint.
  public struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, naming the text at fault.
    public let description: String
  }

  /// The longest constraint that is read; real ones have a few dozen bytes.
  static let maximumLength = 4096

  /// Reads a constraint.
  ///
  /// Exactly what Masterminds accepts is accepted: an empty text, `==`, `V1` and an alternative
  /// without comparison are errors. Texts over 4,096 bytes are refused.
  public init(_ text: String) throws(ParseError) {
    guard text.utf8.count <= Self.maximumLength else {
      throw ParseError(description: "the constraint is longer than \(Self.maximumLength) bytes")
    }
    let bytes = Self.rewritingHyphenRanges(Array(text.utf8))
    var alternatives: [Alternative] = []
    var start = 0
    while true {
      var end = start
      while end < bytes.count, !(bytes[end...].starts(with: [barByte, barByte])) { end += 1 }
      alternatives.append(try Self.alternative(Array(bytes[start..<end])))
      if end >= bytes.count { break }
      start = end + 2
    }
    self.alternatives = alternatives
  }

  private static func alternative(_ bytes: [UInt8]) throws(ParseError) -> Alternative {
    var scanner = ConstraintScanner(bytes: bytes)
    var comparisons: [Comparison] = []
    func improper() -> ParseError {
      ParseError(description: "improper constraint '\(String(decoding: bytes, as: UTF8.self))'")
    }
    scanner.skipSpace()
    repeat {
      guard let op = scanner.operatorAndVersion() else { throw improper() }
      comparisons.append(try comparison(op.operator, op.version, in: bytes))
    } while scanner.separator()
    guard scanner.isAtEnd else { throw improper() }
    return Alternative(
      comparisons: comparisons, namesPrerelease: comparisons.contains { $0.operand.isPrerelease })
  }

  private static func comparison(
    _ op: Operator, _ version: ConstraintScanner.Version, in bytes: [UInt8]
  ) throws(ParseError) -> Comparison {
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    func isWildcard(_ range: Range<Int>) -> Bool {
      range.isEmpty
        || range.count == 1
          && [UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "*")].contains(
            bytes[range.lowerBound])
    }
    let spelling = text(version.whole)
    let prerelease = text(version.prerelease)
    let wildcard: Comparison.Wildcard
    let operand: String
    if isWildcard(version.major) {
      (wildcard, operand) = (.major, "0.0.0" + prerelease)
    } else if isWildcard(version.minor) {
      (wildcard, operand) = (.minor, text(version.major) + ".0.0" + prerelease)
    } else if isWildcard(version.patch) {
      wildcard = .patch
      operand = text(version.major) + "." + text(version.minor) + ".0" + prerelease
    } else {
      (wildcard, operand) = (.none, spelling)
    }
    do throws(SemanticVersion.ParseError) {
      return Comparison(
        op: op, spelling: spelling, operand: try SemanticVersion(operand, .loose),
        wildcard: wildcard)
    } catch {
      throw ParseError(description: "'\(spelling)' is not a version to compare with: \(error)")
    }
  }

  /// Writes `a - b` as `>= a, <= b` before anything else is looked at, alternatives included; the
  /// first occurrence of the same text is the one replaced.
  private static func rewritingHyphenRanges(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var position = 0
    while position < bytes.count {
      var scanner = ConstraintScanner(bytes: bytes, position: position)
      guard let range = scanner.hyphenRange() else {
        position += 1
        continue
      }
      let found = bytes[position..<scanner.position]
      let comparisons =
        Array(">= ".utf8) + bytes[range.low] + Array(", <= ".utf8) + bytes[range.high] + [0x20]
      if let place = result.indices.first(where: { result[$0...].starts(with: found) }) {
        result.replaceSubrange(place..<(place + found.count), with: comparisons)
      }
      position = scanner.position
    }
    return result
  }
}

private let barByte = UInt8(ascii: "|")

/// Reads the tokens of constraints. Nothing ever has to be taken back: what ends one token can
/// never begin the next.
private struct ConstraintScanner {
  /// The places of a partial version's parts; an absent part is empty.
  struct Version {
    var whole: Range<Int>
    var major: Range<Int>
    var minor: Range<Int>
    var patch: Range<Int>
    /// With its leading `-`.
    var prerelease: Range<Int>
  }

  let bytes: [UInt8]
  var position = 0

  var isAtEnd: Bool { position == bytes.count }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }

  @discardableResult
  mutating func skipSpace() -> Bool {
    let start = position
    while let byte = current, isSpace(byte) { position += 1 }
    return position > start
  }

  /// White space, or one comma with white space around it, before another comparison.
  mutating func separator() -> Bool {
    let spaced = skipSpace()
    guard let byte = current else { return false }
    guard byte == UInt8(ascii: ",") else { return spaced }
    position += 1
    skipSpace()
    return true
  }

  mutating func operatorAndVersion() -> (operator: VersionConstraint.Operator, version: Version)? {
    let rest = bytes[position...]
    let op =
      VersionConstraint.Operator.allCases
      .filter { rest.starts(with: $0.rawValue.utf8) }
      .max { $0.rawValue.utf8.count < $1.rawValue.utf8.count } ?? .none
    position += op.rawValue.utf8.count
    skipSpace()
    guard let version = version() else { return nil }
    return (op, version)
  }

  /// A partial version at this place. The `|` among the digits is the original's: a character class
  /// there spells its alternatives out with bars.
  mutating func version() -> Version? {
    let start = position
    if current == UInt8(ascii: "v") { position += 1 }
    let major = number()
    guard !major.isEmpty else { return nil }
    let minor = dottedNumber()
    let patch = minor.isEmpty ? position..<position : dottedNumber()
    let prerelease = identifiers(after: UInt8(ascii: "-"))
    _ = identifiers(after: UInt8(ascii: "+"))
    return Version(
      whole: start..<position, major: major, minor: minor, patch: patch, prerelease: prerelease)
  }

  mutating func hyphenRange() -> (low: Range<Int>, high: Range<Int>)? {
    skipSpace()
    guard let low = version(), skipSpace(), current == UInt8(ascii: "-") else { return nil }
    position += 1
    guard skipSpace(), let high = version() else { return nil }
    skipSpace()
    return (low.whole, high.whole)
  }

  private mutating func number() -> Range<Int> {
    let start = position
    while let byte = current,
      byte.isDigit || byte == UInt8(ascii: "x") || byte == UInt8(ascii: "X")
        || byte == UInt8(ascii: "*") || byte == barByte
    {
      position += 1
    }
    return start..<position
  }

  private mutating func dottedNumber() -> Range<Int> {
    guard current == UInt8(ascii: ".") else { return position..<position }
    position += 1
    let digits = number()
    if digits.isEmpty { position -= 1 }
    return digits
  }

  private mutating func identifiers(after sign: UInt8) -> Range<Int> {
    let start = position
    guard current == sign else { return start..<start }
    position += 1
    while true {
      let identifierStart = position
      while let byte = current, byte.isIdentifierByte { position += 1 }
      if position == identifierStart {
        position = identifierStart - 1
        break
      }
      guard current == UInt8(ascii: ".") else { break }
      position += 1
    }
    return start..<position
  }
}
