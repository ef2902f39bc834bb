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
}
