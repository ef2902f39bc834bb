/// What a scalar means under some ``ScalarRules``.
public enum ScalarValue: Hashable, Sendable {
  /// `null`.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number.
  case integer(Int64)
  /// A whole number beyond `Int64.max`.
  case unsigned(UInt64)
  /// Any other number, infinities and not-a-number included.
  case float(Double)
  /// A date or time that the rules give a type of its own, in RFC 3339 form.
  case timestamp(String)
  /// Text; the scalar's own.
  case string

  /// The number where one kind of number is compared with another.
  var number: Double? {
    switch self {
    case .integer(let value): Double(exactly: value)
    case .unsigned(let value): Double(exactly: value)
    case .float(let value): value
    case .null, .bool, .timestamp, .string: nil
    }
  }
}

/// Which words and numbers a plain scalar may spell. The programs of the Kubernetes world do not
/// agree, so a reader has to say whose eyes it reads with.
public enum ScalarRules: Hashable, Sendable {
  /// As `kubectl` and the API machinery read a manifest: `yes`, `on` and `y` are booleans, `0777`
  /// is 511, dates are text.
  case kubernetes
  /// As Kustomize reads a resource: `yes` and `on` are text, `0777` is 511, dates are a type.
  case kustomize
  /// The core schema of YAML 1.2: `0777` is 777, `0o17` is 15, `1_000` is text.
  case core

  /// What a plain scalar means.
  ///
  /// - Complexity: O(length); text that starts with a letter other than those of the special words
  ///   is recognised by its first byte.
  public func value(ofPlain text: ArraySlice<UInt8>) -> ScalarValue {
    guard let first = text.first else { return .null }
    switch first {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return number(text) ?? .string
    case UInt8(ascii: "."):
      return word(text) ?? (text.count > 1 ? number(text) : nil) ?? .string
    case UInt8(ascii: "~"), UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"),
      UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"),
      UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"):
      return text.count <= 5 ? word(text) ?? .string : .string
    default: return .string
    }
  }

  /// What a scalar with a tag means, or `nil` where the text does not fit the tag.
  ///
  /// The tag may be in its short (`!!int`) or long form; one that is not of YAML's own repository
  /// makes the scalar a string.
  public func value(of text: ArraySlice<UInt8>, tag: ScalarTag, isPlain: Bool) -> ScalarValue? {
    switch tag {
    case .nonSpecific where self == .core: return .string
    case .none, .nonSpecific: return isPlain ? value(ofPlain: text) : .string
    case .string, .binary, .other: return .string
    case .null: return value(ofPlain: text) == .null ? .null : nil
    case .bool:
      if case .bool = value(ofPlain: text) { return value(ofPlain: text) }
      return nil
    case .integer:
      switch value(ofPlain: text) {
      case .integer(let value): return .integer(value)
      case .unsigned(let value): return .unsigned(value)
      default: return nil
      }
    case .float:
      switch value(ofPlain: text) {
      case .integer(let value): return .float(Double(value))
      case .unsigned(let value): return .float(Double(value))
      case .float(let value): return .float(value)
      default: return nil
      }
    case .timestamp:
      return Timestamp.rfc3339(text).map { .timestamp($0) }
    }
  }

  private func word(_ text: ArraySlice<UInt8>) -> ScalarValue? {
    switch text.first {
    case UInt8(ascii: "~"): return text.count == 1 ? .null : nil
    case UInt8(ascii: "."):
      let name = text.dropFirst()
      if Self.spells(name, "inf") { return .float(.infinity) }
      return ["nan", "NaN", "NAN"].contains { name.elementsEqual($0.utf8) } ? .float(.nan) : nil
    default: break
    }
    if Self.spells(text, "null") { return .null }
    if Self.spells(text, "true") { return .bool(true) }
    if Self.spells(text, "false") { return .bool(false) }
    guard self == .kubernetes else { return nil }
    if ["y", "yes", "on"].contains(where: { Self.spells(text, $0) }) { return .bool(true) }
    if ["n", "no", "off"].contains(where: { Self.spells(text, $0) }) { return .bool(false) }
    return nil
  }

  /// Whether text is a word in small letters, in capitals, or in small letters after a capital. Made
  /// without tables, since a program that starts has to read a few words first.
  private static func spells(_ text: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
    guard text.count == word.utf8CodeUnitCount, let first = text.first else { return false }
    var capitals = 0
    for (index, byte) in text.enumerated() {
      guard byte | 0x20 == word.utf8Start[index] else { return false }
      if byte & 0x20 == 0 { capitals += 1 }
    }
    return capitals == 0 || capitals == text.count || capitals == 1 && first & 0x20 == 0
  }

  private func number(_ text: ArraySlice<UInt8>) -> ScalarValue? {
    if let infinity = signedInfinity(text) { return infinity }
    if self == .core { return coreNumber(text) }
    if self == .kustomize, let time = Timestamp.rfc3339(text) { return .timestamp(time) }
    let underscore = UInt8(ascii: "_")
    let hasUnderscores = text.contains(underscore)
    // After a point Go takes underscores between digits only.
    if hasUnderscores, text.first == UInt8(ascii: "."), !NumberText.separatesDigits(text) {
      return nil
    }
    let plain = hasUnderscores ? text.filter { $0 != underscore }[...] : text
    if let whole = NumberText.goInteger(plain) { return whole }
    return NumberText.decimalFloat(plain).map { .float($0) }
  }

  private func signedInfinity(_ text: ArraySlice<UInt8>) -> ScalarValue? {
    guard text.count == 5, let sign = text.first,
      sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
    else { return nil }
    let name = text.dropFirst()
    guard name.first == UInt8(ascii: "."), Self.spells(name.dropFirst(), "inf") else { return nil }
    return .float(sign == UInt8(ascii: "-") ? -.infinity : .infinity)
  }

  private func coreNumber(_ text: ArraySlice<UInt8>) -> ScalarValue? {
    if let whole = NumberText.coreInteger(text) { return whole }
    return NumberText.decimalFloat(text).map { .float($0) }
  }
}

/// The tags that change what a scalar means.
public enum ScalarTag: UInt8, Hashable, Sendable {
  /// No tag: the spelling decides.
  case none
  /// `!` alone: text by the letter of the specification, no tag to Kubernetes' tools.
  case nonSpecific
  /// `!!str`.
  case string
  /// `!!int`.
  case integer
  /// `!!float`.
  case float
  /// `!!bool`.
  case bool
  /// `!!null`.
  case null
  /// `!!timestamp`.
  case timestamp
  /// `!!binary`: base64.
  case binary
  /// Any other tag.
  case other

  /// Reads a tag as it resolves (`tag:yaml.org,2002:int`) or in short form (`!!int`).
  public init(_ tag: String?) {
    let prefix = "tag:yaml.org,2002:"
    switch tag {
    case nil, "": self = .none
    case "!": self = .nonSpecific
    case .some(let tag):
      let name =
        tag.hasPrefix(prefix)
        ? tag.dropFirst(prefix.count) : tag.hasPrefix("!!") ? tag.dropFirst(2) : ""
      switch name {
      case "str": self = .string
      case "int": self = .integer
      case "float": self = .float
      case "bool": self = .bool
      case "null": self = .null
      case "timestamp": self = .timestamp
      case "binary": self = .binary
      default: self = .other
      }
    }
  }
}
