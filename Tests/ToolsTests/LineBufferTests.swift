import Testing
import ToolSupport

@Suite struct LineBufferTests {
  private func typed(_ text: String, _ keys: [LineBuffer.Key] = []) -> LineBuffer {
    var buffer = LineBuffer { start in
      ["upper(", "uuid(", "local.a", "local.ab"].filter { $0.hasPrefix(start) }
    }
    for character in text { buffer.press(.character(character)) }
    for key in keys { buffer.press(key) }
    return buffer
  }

  @Test(arguments: [
    ("abc", [LineBuffer.Key.backspace], "ab"), ("abc", [.start, .delete], "bc"),
    ("abc", [.left, .character("x")], "abxc"), ("abc", [.left, .deleteToEnd], "ab"),
    ("abc", [.left, .deleteToStart], "c"), ("up", [.complete], "upper("),
    ("1+lo", [.complete], "1+local.a"), ("zz", [.complete], "zz"), ("", [.backspace, .left], ""),
    ("é日", [.backspace], "é"),
  ])
  func keysEditTheLine(text: String, keys: [LineBuffer.Key], expected: String) {
    #expect(typed(text, keys).text == expected)
  }

  @Test func severalCompletionsAreOffered() {
    var buffer = typed("local.a")
    #expect(buffer.press(.complete) == ["local.a", "local.ab"])
  }

  @Test func historyGoesBackAndForth() {
    var buffer = typed("one")
    #expect(buffer.finish() == "one")
    for character in "two" { buffer.press(.character(character)) }
    _ = buffer.finish()
    buffer.press(.character("x"))
    buffer.press(.up)
    #expect(buffer.text == "two")
    buffer.press(.up)
    buffer.press(.up)
    #expect(buffer.text == "one")
    buffer.press(.down)
    buffer.press(.down)
    #expect(buffer.text == "x")
  }
}
