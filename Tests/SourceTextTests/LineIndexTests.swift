import SourceText
import Testing

@Suite struct LineIndexTests {
  @Test(arguments: [
    ("a: 1\nb: 2\n", 0, 1, 1),
    ("a: 1\nb: 2\n", 5, 2, 1),
    ("a: 1\nb: 2\n", 8, 2, 4),
    ("a: 1\nb: 2\n", 10, 3, 1),
    ("a\r\nb", 3, 2, 1),
    ("é: x", 2, 1, 2),
    ("👩‍👩‍👧: x", 18, 1, 2),
    ("\u{FEFF}a", 3, 1, 1),
    ("", 0, 1, 1),
    ("ab", 99, 1, 3),
  ])
  func mapsOffsetsToLinesAndColumns(text: String, offset: Int, line: Int, column: Int) {
    let position = LineIndex(bytes: Array(text.utf8)).position(of: offset)
    #expect(position.line == line)
    #expect(position.column == column)
  }

  @Test func linesLoseTheirLineEnd() {
    let index = LineIndex(bytes: Array("one\r\ntwo\n\nlast".utf8))
    #expect(index.lineCount == 4)
    #expect((1...5).map(index.text(ofLine:)) == ["one", "two", "", "last", ""])
  }
}
