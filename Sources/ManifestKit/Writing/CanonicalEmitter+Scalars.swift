extension CanonicalEmitter {
  /// Writes text that must read back as a string.
  mutating func writeString(
    _ text: ArraySlice<UInt8>, _ analysis: ScalarAnalysis, _ context: Context
  ) {
    if analysis.isMultiline, text.contains(0x0A), analysis.allowsBlock, context != .key {
      writeLiteral(text)
    } else if Self.readsAsOtherType(text) || text.contains(0x0A) {
      writeDoubleQuoted(text, context)
    } else if analysis.allowsBlockPlain {
      writePlain(text, context)
    } else if analysis.allowsSingleQuoted, !(analysis.isMultiline && context == .key) {
      writeSingleQuoted(text, context)
    } else {
      writeDoubleQuoted(text, context)
    }
  }

  /// Whether plain text would be read as a number, boolean, null, date or base-60 number.
  static func readsAsOtherType(_ text: ArraySlice<UInt8>) -> Bool {
    guard ScalarRules.kubernetes.value(ofPlain: text) == .string else { return true }
    guard let first = text.first, first == 0x2B || first == 0x2D || (0x30...0x39).contains(first)
    else { return false }
    return isBase60(text) || Timestamp.rfc3339(text) != nil
  }

  /// Whether text is a number in the base-60 notation of YAML 1.1, such as `1:30`.
  private static func isBase60(_ text: ArraySlice<UInt8>) -> Bool {
    var parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return false }
    let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
    let whole = first.first == 0x2B || first.first == 0x2D ? first.dropFirst() : first
    guard let digit = whole.first, isDigit(digit),
      whole.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") })
    else { return false }
    if let point = last.firstIndex(of: UInt8(ascii: ".")) {
      guard last[(point + 1)...].allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) else {
        return false
      }
      parts[parts.count - 1] = last[..<point]
    }
    return parts.dropFirst().allSatisfy { part in
      (1...2).contains(part.count) && part.allSatisfy(isDigit)
        && (part.count == 1 || part[part.startIndex] <= 0x35)
    }
  }

  mutating func writeIndicator(
    _ text: StaticString, needsSpace: Bool, keepsIndentation: Bool = false
  ) {
    if needsSpace, !isAfterWhitespace { put(0x20) }
    text.withUTF8Buffer { output.append(contentsOf: $0) }
    column += text.utf8CodeUnitCount
    isAfterWhitespace = false
    isAfterIndent = isAfterIndent && keepsIndentation
  }

  mutating func writeIndent() {
    let target = max(indent, 0)
    if !isAfterIndent || column > target || (column == target && !isAfterWhitespace) {
      output.append(0x0A)
      column = 0
    }
    while column < target { put(0x20) }
    isAfterWhitespace = true
    isAfterIndent = true
  }

  private mutating func put(_ byte: UInt8) {
    output.append(byte)
    column += 1
  }

  /// Copies the character that begins at `index` and moves past it.
  private mutating func copyCharacter(_ text: ArraySlice<UInt8>, _ index: inout Int) {
    let end = min(index + ScalarAnalysis.width(text[index]), text.endIndex)
    output.append(contentsOf: text[index..<end])
    column += 1
    index = end
  }

  /// Copies the characters from `index` to the next byte that ends the run, at least one.
  private mutating func copyRun(
    _ text: ArraySlice<UInt8>, _ index: inout Int, until ends: (UInt8) -> Bool
  ) {
    let start = index
    index = min(index + ScalarAnalysis.width(text[index]), text.endIndex)
    while index < text.endIndex, !ends(text[index]) { index += 1 }
    output.append(contentsOf: text[start..<index])
    column += text[start..<index].utf8Count
  }

  /// Copies the line break that begins at `index` and moves past it.
  private mutating func copyBreak(_ text: ArraySlice<UInt8>, _ index: inout Int) {
    if text[index] == 0x0A {
      output.append(0x0A)
      column = 0
      index += 1
    } else {
      copyCharacter(text, &index)
      column = 0
    }
  }

  /// Runs `body` with the indentation of the lines that a scalar continues on.
  private mutating func withScalarIndent(_ body: (inout CanonicalEmitter) -> Void) {
    let outer = indent
    indent = indent < 0 ? 2 : indent + 2
    body(&self)
    indent = outer
  }

  mutating func writePlain(_ text: ArraySlice<UInt8>, _ context: Context) {
    if !isAfterWhitespace, !text.isEmpty { put(0x20) }
    defer {
      isAfterWhitespace = false
      isAfterIndent = false
    }
    // Lines only break beyond the width, so most scalars are copied in one go.
    if context == .key || column + text.count <= width {
      output.append(contentsOf: text)
      column += text.utf8Count
      return
    }
    withScalarIndent { emitter in
      var previousIsSpace = false
      var index = text.startIndex
      while index < text.endIndex {
        if text[index] == 0x20 {
          let nextIsSpace = index + 1 < text.endIndex && text[index + 1] == 0x20
          if !previousIsSpace, emitter.column > emitter.width, !nextIsSpace {
            emitter.writeIndent()
            index += 1
          } else {
            emitter.copyCharacter(text, &index)
          }
          previousIsSpace = true
        } else {
          emitter.copyRun(text, &index) { $0 == 0x20 }
          emitter.isAfterIndent = false
          previousIsSpace = false
        }
      }
    }
  }

  private mutating func writeSingleQuoted(_ text: ArraySlice<UInt8>, _ context: Context) {
    writeIndicator("'", needsSpace: true)
    withScalarIndent { emitter in
      var previousIsSpace = false
      var previousIsBreak = false
      var index = text.startIndex
      while index < text.endIndex {
        let byte = text[index]
        if byte == 0x20 {
          let isInside = index > text.startIndex && index < text.endIndex - 1
          let nextIsSpace = index + 1 < text.endIndex && text[index + 1] == 0x20
          if context != .key, !previousIsSpace, emitter.column > emitter.width, isInside,
            !nextIsSpace
          {
            emitter.writeIndent()
            index += 1
          } else {
            emitter.copyCharacter(text, &index)
          }
          previousIsSpace = true
        } else if ScalarAnalysis.isBreak(text, index) {
          if !previousIsBreak, byte == 0x0A {
            emitter.output.append(0x0A)
            emitter.column = 0
          }
          emitter.copyBreak(text, &index)
          emitter.isAfterIndent = true
          previousIsBreak = true
        } else {
          if previousIsBreak { emitter.writeIndent() }
          if byte == UInt8(ascii: "'") { emitter.put(byte) }
          emitter.copyRun(text, &index) {
            $0 == 0x20 || $0 == UInt8(ascii: "'") || ScalarAnalysis.mayBreak($0)
          }
          emitter.isAfterIndent = false
          previousIsSpace = false
          previousIsBreak = false
        }
      }
    }
    writeIndicator("'", needsSpace: false)
    isAfterWhitespace = false
    isAfterIndent = false
  }

  private mutating func writeDoubleQuoted(_ text: ArraySlice<UInt8>, _ context: Context) {
    // go-yaml looks for the mark at the start of the text whichever character it is at.
    let startsWithMark = text.starts(with: [0xEF, 0xBB, 0xBF])
    writeIndicator("\"", needsSpace: true)
    withScalarIndent { emitter in
      var previousIsSpace = false
      var index = text.startIndex
      while index < text.endIndex {
        let byte = text[index]
        if startsWithMark || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
          || !ScalarAnalysis.isPrintable(text, index) || ScalarAnalysis.isBreak(text, index)
        {
          emitter.writeEscape(text, &index)
          previousIsSpace = false
        } else if byte == 0x20 {
          let isInside = index > text.startIndex && index < text.endIndex - 1
          if context != .key, !previousIsSpace, emitter.column > emitter.width, isInside {
            emitter.writeIndent()
            if text[index + 1] == 0x20 { emitter.put(UInt8(ascii: "\\")) }
            index += 1
          } else {
            emitter.copyCharacter(text, &index)
          }
          previousIsSpace = true
        } else {
          emitter.copyCharacter(text, &index)
          previousIsSpace = false
        }
      }
    }
    writeIndicator("\"", needsSpace: false)
    isAfterWhitespace = false
    isAfterIndent = false
  }

  private mutating func writeEscape(_ text: ArraySlice<UInt8>, _ index: inout Int) {
    let end = min(index + ScalarAnalysis.width(text[index]), text.endIndex)
    let scalar =
      String(decoding: text[index..<end], as: UTF8.self).unicodeScalars.first?.value ?? 0xFFFD
    index = end
    let escape: String
    switch scalar {
    case 0x00: escape = "\\0"
    case 0x07: escape = "\\a"
    case 0x08: escape = "\\b"
    case 0x09: escape = "\\t"
    case 0x0A: escape = "\\n"
    case 0x0B: escape = "\\v"
    case 0x0C: escape = "\\f"
    case 0x0D: escape = "\\r"
    case 0x1B: escape = "\\e"
    case 0x22: escape = "\\\""
    case 0x5C: escape = "\\\\"
    case 0x85: escape = "\\N"
    case 0xA0: escape = "\\_"
    case 0x2028: escape = "\\L"
    case 0x2029: escape = "\\P"
    case ...0xFF: escape = "\\x" + Self.hex(scalar, 2)
    case ...0xFFFF: escape = "\\u" + Self.hex(scalar, 4)
    default: escape = "\\U" + Self.hex(scalar, 8)
    }
    output.append(contentsOf: escape.utf8)
    column += escape.utf8.count
  }

  private static func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private mutating func writeLiteral(_ text: ArraySlice<UInt8>) {
    writeIndicator("|", needsSpace: true)
    if text.first == 0x20 || ScalarAnalysis.isBreak(text, text.startIndex) {
      put(UInt8(ascii: "2"))
    }
    switch Self.trailingBreaks(text) {
    case 0: put(UInt8(ascii: "-"))
    case 1: break
    default: put(UInt8(ascii: "+"))
    }
    output.append(0x0A)
    column = 0
    isAfterIndent = true
    isAfterWhitespace = true
    withScalarIndent { emitter in
      var previousIsBreak = true
      var index = text.startIndex
      while index < text.endIndex {
        if ScalarAnalysis.isBreak(text, index) {
          emitter.copyBreak(text, &index)
          emitter.isAfterIndent = true
          previousIsBreak = true
        } else {
          if previousIsBreak { emitter.writeIndent() }
          emitter.copyRun(text, &index) { ScalarAnalysis.mayBreak($0) }
          emitter.isAfterIndent = false
          previousIsBreak = false
        }
      }
    }
  }

  /// 0, 1 or 2 for no, one or several line breaks at the end; a lone break counts as several.
  private static func trailingBreaks(_ text: ArraySlice<UInt8>) -> Int {
    func start(before end: Int) -> Int {
      var index = end - 1
      while index > text.startIndex, text[index] & 0xC0 == 0x80 { index -= 1 }
      return index
    }
    let last = start(before: text.endIndex)
    guard ScalarAnalysis.isBreak(text, last) else { return 0 }
    guard last > text.startIndex else { return 2 }
    return ScalarAnalysis.isBreak(text, start(before: last)) ? 2 : 1
  }
}

extension ArraySlice<UInt8> {
  /// The number of characters, for text without broken sequences.
  fileprivate var utf8Count: Int { reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } }
}
