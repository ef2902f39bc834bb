extension SemanticVersion {
  /// Which spellings are read as a version.
  public enum Grammar: Sendable {
    /// The grammar of SemVer 2.0.0; numbers of any size.
    case specification
    /// As ``specification``, but numbers must fit 64 bits: Masterminds' strict reading.
    case strict
    /// One to three numbers, a leading `v` and leading zeros allowed; numbers fit 64 bits. This is how
    /// Masterminds, and so Helm, reads versions.
    case loose
    /// As ``loose``, with at least two dots in the text: how Flux reads tags.
    case flux
  }

  /// Why a text is not a version.
  public struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Reason: Hashable, Sendable {
      /// Not of the form `major.minor.patch-prerelease+metadata`.
      case malformed
      /// A number begins with a zero that it does not need.
      case leadingZero
      /// A number does not fit 64 bits.
      case numberTooLarge
      /// The pre-release has an empty identifier or one with a foreign character.
      case invalidPrerelease
      /// The build metadata has an empty identifier or one with a foreign character.
      case invalidMetadata
      /// Fewer than the two dots the ``SemanticVersion/Grammar/flux`` reading asks for.
      case tooFewParts
    }

    /// What is wrong.
    public let reason: Reason

    /// The reason in words.
    public var description: String {
      switch reason {
      case .malformed: "not a semantic version"
      case .leadingZero: "a number has a leading zero"
      case .numberTooLarge: "a number does not fit 64 bits"
      case .invalidPrerelease: "invalid pre-release"
      case .invalidMetadata: "invalid build metadata"
      case .tooFewParts: "fewer than three parts"
      }
    }
  }

  /// Reads a version. O(n).
  public init(_ text: String, _ grammar: Grammar = .specification) throws(ParseError) {
    var text = text
    var parts = Parts()
    let failure: ParseError? = text.withUTF8 { bytes in
      do throws(ParseError) {
        try parts.read(bytes, grammar)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    self.init(
      unchecked: parts.major, parts.minor, parts.patch, prerelease: parts.prerelease,
      metadata: parts.metadata, original: text)
  }

  static func check(prerelease: some Collection<UInt8>) throws(ParseError) {
    try checkIdentifiers(prerelease, .invalidPrerelease, rejectsLeadingZeros: true)
  }

  static func check(metadata: some Collection<UInt8>) throws(ParseError) {
    try checkIdentifiers(metadata, .invalidMetadata, rejectsLeadingZeros: false)
  }

  private static func checkIdentifiers(
    _ bytes: some Collection<UInt8>, _ reason: ParseError.Reason, rejectsLeadingZeros: Bool
  ) throws(ParseError) {
    var length = 0
    var startsWithZero = false
    var isNumeric = true
    func finish() throws(ParseError) {
      guard length > 0 else { throw ParseError(reason: reason) }
      if rejectsLeadingZeros, isNumeric, startsWithZero, length > 1 {
        throw ParseError(reason: .leadingZero)
      }
    }
    for byte in bytes {
      if byte == UInt8(ascii: ".") {
        try finish()
        (length, isNumeric) = (0, true)
        continue
      }
      guard byte.isIdentifierByte else { throw ParseError(reason: reason) }
      if length == 0 { startsWithZero = byte == UInt8(ascii: "0") }
      if !byte.isDigit { isNumeric = false }
      length += 1
    }
    try finish()
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var isLetter: Bool {
    let lower = self | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
  }

  /// Letters, digits and `-`: what pre-release and metadata identifiers are made of.
  var isIdentifierByte: Bool { isDigit || isLetter || self == UInt8(ascii: "-") }
}

/// The five parts of a version, cut out of its bytes.
private struct Parts {
  var major: NumericIdentifier = 0
  var minor: NumericIdentifier = 0
  var patch: NumericIdentifier = 0
  var prerelease = ""
  var metadata = ""

  mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, _ grammar: SemanticVersion.Grammar
  ) throws(SemanticVersion.ParseError) {
    let isLoose = grammar == .loose || grammar == .flux
    if grammar == .flux {
      let dots = bytes.count { $0 == UInt8(ascii: ".") }
      guard dots >= 2 else { throw SemanticVersion.ParseError(reason: .tooFewParts) }
    }
    var position = 0
    if isLoose, bytes.first == UInt8(ascii: "v") { position = 1 }
    for part in 0..<3 {
      if part > 0 {
        guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else {
          if isLoose { break }
          throw SemanticVersion.ParseError(reason: .malformed)
        }
        position += 1
      }
      let start = position
      while position < bytes.count, bytes[position].isDigit { position += 1 }
      let digits = UnsafeBufferPointer(rebasing: bytes[start..<position])
      guard let number = NumericIdentifier(digits: digits) else {
        throw SemanticVersion.ParseError(reason: .malformed)
      }
      if grammar != .specification, number.uint64 == nil {
        throw SemanticVersion.ParseError(reason: .numberTooLarge)
      }
      if !isLoose, digits.count > 1, digits.first == UInt8(ascii: "0") {
        throw SemanticVersion.ParseError(reason: .leadingZero)
      }
      switch part {
      case 0: major = number
      case 1: minor = number
      default: patch = number
      }
    }
    guard position < bytes.count else { return }
    let rest = bytes[position...]
    let plus = rest.firstIndex(of: UInt8(ascii: "+")) ?? bytes.endIndex
    if bytes[position] == UInt8(ascii: "-") {
      let range = bytes[(position + 1)..<plus]
      try SemanticVersion.check(prerelease: range)
      prerelease = String(decoding: range, as: UTF8.self)
    } else if plus != position {
      throw SemanticVersion.ParseError(reason: .malformed)
    }
    if plus < bytes.endIndex {
      let range = bytes[(plus + 1)...]
      try SemanticVersion.check(metadata: range)
      metadata = String(decoding: range, as: UTF8.self)
    }
  }
}
