/// What the characters of a string allow: which of YAML's five notations can hold it.
struct ScalarAnalysis {
  var isMultiline = false
  var allowsFlowPlain = true
  var allowsBlockPlain = true
  var allowsSingleQuoted = true
  var allowsBlock = true

  /// Looks at every character once, with the rules of the emitter that Go's YAML libraries share
  /// with libyaml.
  ///
  /// `allowsAllUnicode` lets emoji and other characters beyond the basic plane stand as they are.
  init(_ text: ArraySlice<UInt8>, allowsAllUnicode: Bool = false) {
    guard !text.isEmpty else {
      allowsFlowPlain = false
      allowsBlock = false
      return
    }
    var blockIndicators = text.starts(with: "---".utf8) || text.starts(with: "...".utf8)
    var flowIndicators = blockIndicators
    var hasSpecial = false
    var hasBreaks = false
    var startsBlank = false
    var endsWithSpace = false
    var endsWithBreak = false
    var breakThenSpace = false
    var spaceThenBreak = false
    var previousIsSpace = false
    var previousIsBreak = false
    var followsBlank = true
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if Self.isHarmless(byte) {
        previousIsSpace = false
        previousIsBreak = false
        followsBlank = false
        index += 1
        continue
      }
      let width = Self.width(byte)
      let next = index + width
      let isFirst = index == text.startIndex
      let isLast = next >= text.endIndex
      let precedesBlank = isLast || text[next] == 0x20 || text[next] == 0x09
      switch byte {
      case UInt8(ascii: "#"):
        if followsBlank { (flowIndicators, blockIndicators) = (true, true) }
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"):
        flowIndicators = true
        if isFirst { blockIndicators = true }
      case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
        UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"),
        UInt8(ascii: "@"), UInt8(ascii: "`"):
        if isFirst { (flowIndicators, blockIndicators) = (true, true) }
      case UInt8(ascii: "?"):
        flowIndicators = true
        if isFirst, precedesBlank { blockIndicators = true }
      case UInt8(ascii: ":"):
        flowIndicators = true
        if precedesBlank { blockIndicators = true }
      case UInt8(ascii: "-"):
        if isFirst, precedesBlank { (flowIndicators, blockIndicators) = (true, true) }
      default: break
      }
      let isBreak = Self.isBreak(text, index)
      if !Self.isPrintable(text, index), !(allowsAllUnicode && byte >= 0xF0) { hasSpecial = true }
      if isBreak { hasBreaks = true }
      if byte == 0x20 {
        if isFirst { startsBlank = true }
        if isLast { endsWithSpace = true }
        if previousIsBreak { breakThenSpace = true }
        previousIsSpace = true
        previousIsBreak = false
      } else if isBreak {
        if isFirst { startsBlank = true }
        if isLast { endsWithBreak = true }
        if previousIsSpace { spaceThenBreak = true }
        previousIsSpace = false
        previousIsBreak = true
      } else {
        previousIsSpace = false
        previousIsBreak = false
      }
      followsBlank = byte == 0x20 || byte == 0x09 || isBreak
      index = next
    }
    isMultiline = hasBreaks
    if startsBlank || endsWithSpace || endsWithBreak || hasBreaks {
      (allowsFlowPlain, allowsBlockPlain) = (false, false)
    }
    if endsWithSpace { allowsBlock = false }
    if breakThenSpace {
      (allowsFlowPlain, allowsBlockPlain, allowsSingleQuoted) = (false, false, false)
    }
    if spaceThenBreak || hasSpecial {
      (allowsFlowPlain, allowsBlockPlain, allowsSingleQuoted) = (false, false, false)
      allowsBlock = false
    }
    if flowIndicators { allowsFlowPlain = false }
    if blockIndicators { allowsBlockPlain = false }
  }

  /// The number of bytes of the character that a byte begins.
  static func width(_ byte: UInt8) -> Int {
    byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }

  /// Whether a byte may begin a line break.
  static func mayBreak(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == 0x0D || byte == 0xC2 || byte == 0xE2
  }

  /// Whether a byte says nothing about the notation wherever it stands: letters, digits and
  /// harmless punctuation.
  private static func isHarmless(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "/"),
      UInt8(ascii: "_"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"),
      UInt8(ascii: ";"), UInt8(ascii: "$"), UInt8(ascii: "="), UInt8(ascii: "<"):
      true
    default: false
    }
  }

  /// Whether a line feed, carriage return, U+0085, U+2028 or U+2029 begins here.
  static func isBreak(_ text: ArraySlice<UInt8>, _ index: Int) -> Bool {
    switch text[index] {
    case 0x0A, 0x0D: return true
    case 0xC2: return index + 1 < text.endIndex && text[index + 1] == 0x85
    case 0xE2:
      return index + 2 < text.endIndex && text[index + 1] == 0x80
        && (text[index + 2] == 0xA8 || text[index + 2] == 0xA9)
    default: return false
    }
  }

  /// Whether the character that begins here may stand in the output as it is: tabs, controls, the
  /// byte order mark and everything beyond the basic plane may not.
  static func isPrintable(_ text: ArraySlice<UInt8>, _ index: Int) -> Bool {
    let byte = text[index]
    if byte < 0x80 { return byte == 0x0A || (byte >= 0x20 && byte <= 0x7E) }
    func at(_ offset: Int) -> UInt8 {
      index + offset < text.endIndex ? text[index + offset] : 0
    }
    switch byte {
    case 0xC2: return at(1) >= 0xA0
    case 0xC3..<0xED: return true
    case 0xED: return at(1) < 0xA0
    case 0xEE: return true
    case 0xEF:
      return !(at(1) == 0xBB && at(2) == 0xBF)
        && !(at(1) == 0xBF && (at(2) == 0xBE || at(2) == 0xBF))
    default: return false
    }
  }
}
