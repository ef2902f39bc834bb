/// A token to be written: its bytes, and how many spaces stand before it.
struct FormatToken {
  var kind: Token.Kind
  var text: ArraySlice<UInt8>
  var spaces: Int

  init(_ kind: Token.Kind, _ text: ArraySlice<UInt8>, spaces: Int = 0) {
    self.kind = kind
    self.text = text
    self.spaces = spaces
  }

  init(_ kind: Token.Kind, _ text: String) { self.init(kind, Array(text.utf8)[...]) }

  /// Whether a line ends here; a line comment brings its line break along.
  var endsLine: Bool { kind == .newline || kind == .comment && text.last == Byte.newline }

  /// How many columns the token takes, spaces before it included.
  var columns: Int {
    if text.allSatisfy({ $0 < 0x80 && $0 != Byte.carriageReturn }) { return spaces + text.count }
    return spaces + String(decoding: text, as: UTF8.self).count
  }

  func isText(_ word: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    return text.elementsEqual(wanted)
  }
}
