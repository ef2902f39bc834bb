import ManifestKit
import SourceText
import Testing

@Suite struct DocumentPiecesTests {
  private func pieces(_ text: String, size: Int, step: Int) -> [SourceFile] {
    var pieces = DocumentPieces(of: "all.yaml", size: size)
    var result: [SourceFile] = []
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      result += pieces.add(Array(bytes.prefix(step)))
      bytes = bytes.dropFirst(step)
    }
    return result + (pieces.finish().map { [$0] } ?? [])
  }

  @Test(arguments: [1, 3, 17, 1000], [8, 20, 64, 4096])
  func piecesAreTheWholeStream(step: Int, size: Int) throws {
    let text =
      "# first\na: 1\n---\nb: |\n  ---\n  x\n--- # c\n- c\n...\n%YAML 1.1\n# d\n---\nd: 1\n---\n\n---x: 1\n"
    let whole = try stream(text)
    let found = pieces(text, size: size, step: step)
    #expect(found.flatMap(\.bytes) == Array(text.utf8))
    let documents = try found.flatMap { piece in
      try YAMLStream(parsing: piece).documents.map { ($0, piece) }
    }
    #expect(documents.count == whole.documents.count)
    for ((document, piece), other) in zip(documents, whole.documents) {
      let line = LineIndex(piece).position(of: document.root.range.lowerBound)
      let expected = LineIndex(whole.source).position(of: other.root.range.lowerBound)
      if !other.root.range.isEmpty { #expect(line == expected) }
      #expect(document.root.text == other.root.text)
    }
  }

  @Test func anEmptyFileIsOnePiece() {
    #expect(pieces("", size: 10, step: 1).map(\.bytes) == [[]])
  }

  @Test func aLongDocumentIsOnePiece() {
    let long = "a: " + String(repeating: "x", count: 1000) + "\n"
    #expect(pieces(long + "---\nb: 1\n", size: 16, step: 10).map(\.bytes.count) == [1004, 9])
  }

  @Test(arguments: [1, 7, 100])
  func ofADocumentThatIsTooLongTheBeginningIsAPiece(step: Int) throws {
    let long = "a: " + String(repeating: "x", count: 1000) + "\n"
    let text = Array(("b: 1\n---\n" + long + "---\nc: 1\n").utf8)
    var pieces = DocumentPieces(of: "all.yaml", size: 8, limits: YAMLLimits(maximumBytes: 64))
    var found: [SourceFile] = []
    for start in stride(from: 0, to: text.count, by: step) {
      found += pieces.add(Array(text[start..<min(start + step, text.count)]))
    }
    #expect(pieces.isRefused)
    #expect(pieces.finish() == nil)
    #expect(found.map(\.precedingLines) == [0, 1])
    #expect(String(decoding: found[0].bytes, as: UTF8.self) == "b: 1\n")
    // More than may be parsed, and not all of it.
    #expect(found[1].bytes.count > 64 && found[1].bytes.count <= 64 + step + 8)
    #expect(found[1].bytes.starts(with: "---\na: xxx".utf8))
    #expect(pieces.add(Array("---\nc: 1\n".utf8)).isEmpty)
  }
}
