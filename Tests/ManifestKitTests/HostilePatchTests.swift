import ManifestKit
import SourceText
import Testing

/// Small patches and paths that would make something large, deep or endless.
@Suite struct HostilePatchTests {
  private func patch(_ operations: String) throws -> Bool {
    var tree = ValueTree()
    let target = try tree.add(
      YAMLStream(parsing: SourceFile(name: "t", text: "{a: 1}")).documents[0].root)
    let patch = try tree.add(
      YAMLStream(parsing: SourceFile(name: "p", text: operations)).documents[0].root)
    do throws(PatchFailure) {
      _ = try JSONPatch(patch, in: tree).apply(to: target, in: &tree)
      return true
    } catch {
      return false
    }
  }

  @Test func copiesDoNotDoubleADocumentForEver() throws {
    func doubling(_ count: Int) -> String {
      (0..<count).map { "- {op: copy, from: '', path: /k\($0)}\n" }.joined()
    }
    #expect(try patch(doubling(10)))
    #expect(try !patch(doubling(40)))
  }

  @Test func copiesDoNotNestForEver() throws {
    var operations = "- {op: add, path: /x, value: {}}\n"
    var path = "/x"
    for _ in 0..<12 {
      operations += "- {op: copy, from: /x, path: \(path)/x}\n"
      path += String(path)
    }
    #expect(try !patch(operations))
  }

  @Test func aPathHasABound() throws {
    #expect(throws: EditPath.ParseError.self) {
      try EditPath(parsing: Array(repeating: "a", count: 60_000).joined(separator: "."))
    }
    #expect(
      try EditPath(parsing: Array(repeating: "a", count: 400).joined(separator: ".")).steps.count
        == 400)
  }
}
