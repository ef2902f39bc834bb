import SourceText
import Testing

@Suite struct TextEditTests {
  @Test func replacesOnlyTheRanges() throws {
    let edits = [
      TextEdit(range: 7..<10, replacement: "two"),
      TextEdit(range: 0..<3, replacement: "one"),
      TextEdit(range: 10..<10, replacement: "!"),
    ]
    let result = try TextEdit.apply(edits, to: Array("aaa and bbb".utf8))
    #expect(String(decoding: result, as: UTF8.self) == "one andtwo!b")
  }

  @Test func insertionsKeepTheirOrder() throws {
    let edits = ["a", "b", "c"].map { TextEdit(range: 1..<1, replacement: $0) }
    let result = try TextEdit.apply(edits, to: Array("<>".utf8))
    #expect(String(decoding: result, as: UTF8.self) == "<abc>")
  }

  @Test func noEditGivesTheSameBytes() throws {
    let bytes: [UInt8] = [0xFF, 0x00, 0x0D, 0x0A]
    #expect(try TextEdit.apply([], to: bytes) == bytes)
  }

  @Test func refusesOverlapAndOverrun() {
    let overlapping = [
      TextEdit(range: 0..<2, replacement: ""), TextEdit(range: 1..<3, replacement: ""),
    ]
    #expect(throws: TextEdit.Conflict.overlap(0..<2, 1..<3)) {
      try TextEdit.apply(overlapping, to: [1, 2, 3])
    }
    #expect(throws: TextEdit.Conflict.outOfBounds(2..<9)) {
      try TextEdit.apply([TextEdit(range: 2..<9, replacement: "")], to: [1, 2, 3])
    }
  }
}
