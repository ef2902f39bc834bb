#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Reads lines from standard input: edited, with history and completion, where that is a terminal.
public struct LineEditor {
  private var prompt = ""
  private var buffer: LineBuffer

  /// Creates an editor that completes words.
  public init(completions: @escaping @Sendable (String) -> [String]) {
    buffer = LineBuffer(completions: completions)
  }

  /// Whether a person is typing.
  public static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// The next line, or `nil` at the end of input. Only a person sees the prompt.
  public mutating func next(prompt: String) -> String? {
    self.prompt = prompt
    guard Self.isInteractive else { return readLine() }
    var saved = termios()
    guard tcgetattr(STDIN_FILENO, &saved) == 0 else { return readLine() }
    var raw = saved
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved) }
    redraw()
    while let byte = readByte() {
      switch byte {
      case 0x0A, 0x0D:
        write("\n")
        return buffer.finish()
      case 0x04:
        if buffer.characters.isEmpty {
          write("\n")
          return nil
        }
        buffer.press(.delete)
      case 0x03:
        // A new line for another try, as in a shell.
        write("\n")
        buffer.press(.end)
        buffer.press(.deleteToStart)
      default: handle(byte)
      }
      redraw()
    }
    return nil
  }

  private mutating func handle(_ byte: UInt8) {
    let keys: [UInt8: LineBuffer.Key] = [
      0x01: .start, 0x02: .left, 0x05: .end, 0x06: .right, 0x08: .backspace, 0x09: .complete,
      0x0B: .deleteToEnd, 0x0E: .down, 0x10: .up, 0x15: .deleteToStart, 0x7F: .backspace,
    ]
    if let key = keys[byte] {
      let choices = buffer.press(key)
      if !choices.isEmpty { write("\n" + choices.joined(separator: "  ") + "\n") }
    } else if byte == 0x1B {
      escape()
    } else if byte >= 0x20 {
      // A character may be several bytes.
      var bytes = [byte]
      let count = byte < 0x80 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
      for _ in 0..<count { if let next = readByte() { bytes.append(next) } }
      for character in String(decoding: bytes, as: UTF8.self) {
        buffer.press(.character(character))
      }
    }
  }

  /// Arrow keys and their kin: escape, a bracket, a letter or a number.
  private mutating func escape() {
    guard let second = readByte(), second == UInt8(ascii: "[") || second == UInt8(ascii: "O"),
      let third = readByte()
    else { return }
    let keys: [UInt8: LineBuffer.Key] = [
      UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
      UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .start, UInt8(ascii: "F"): .end,
    ]
    if let key = keys[third] { buffer.press(key) }
    guard third >= 0x30, third <= 0x39 else { return }
    _ = readByte()
    if third == UInt8(ascii: "3") { buffer.press(.delete) }
  }

  private func redraw() {
    let back = buffer.characters.count - buffer.cursor
    write("\r\u{1B}[K" + prompt + buffer.text + (back > 0 ? "\u{1B}[\(back)D" : ""))
  }

  private func write(_ text: String) { StandardStreams.writeOutput(text) }

  private func readByte() -> UInt8? {
    var byte: UInt8 = 0
    return read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil
  }
}
