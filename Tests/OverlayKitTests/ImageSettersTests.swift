import OverlayKit
import SourceText
import Testing

@Suite struct ImageSettersTests {
  static let setters = ImageSetters([
    "flux-system:app": .init(name: "ghcr.io/org/app", tag: "1.2.3"),
    "flux-system:db": .init(name: "db", tag: "9", digest: "sha256:aa"),
  ])

  private func update(_ text: String) throws -> ImageSetters.Update {
    var files = SourceFiles()
    let source = SourceFile(name: "f.yaml", text: text)
    return try Self.setters.update(source, file: files.add(source))
  }

  @Test(arguments: [
    ("image: old:1 # {\"$imagepolicy\": \"flux-system:app\"}", "image: ghcr.io/org/app:1.2.3 # "),
    ("tag: 1.0   #{\"$imagepolicy\":\"flux-system:app:tag\"}", "tag: 1.2.3   #"),
    ("tag: '1' ## {\"$imagepolicy\": \"flux-system:db:tag\"}", "tag: '9' ## "),
    ("tag: 1 # {\"$imagepolicy\": \"flux-system:db:tag\"}", "tag: \"9\" # "),
    ("n: &a x # {\"$imagepolicy\": \"flux-system:db:name\"}", "n: &a db # "),
    ("d: x # {\"$imagepolicy\": \"flux-system:db:digest\"}", "d: sha256:aa # "),
    ("i: x # {\"$imagepolicy\": \"flux-system:db\"}", "i: db:9@sha256:aa # "),
    ("l:\n  # {\"$imagepolicy\": \"flux-system:app:tag\"}\n  - x\n", "\n  - 1.2.3\n"),
  ])
  func writesTheChosenPart(text: String, expected: String) throws {
    let update = try update(text)
    let result = String(decoding: update.bytes, as: UTF8.self)
    #expect(result.contains(expected), "\(result)")
    #expect(update.changes.count == 1)
  }

  @Test(arguments: [
    "a: x # {\"$imagepolicy\": \"flux-system:other\"}",
    "a: x # {\"$imagepolicy\": \"flux-system:app\"} and more",
    "a: x # {\"$imagepolicy\": \"flux-system:app\", \"n\": 1}",
    "a: x#{\"$imagepolicy\":\"flux-system:app\"}",
    "a: # {\"$imagepolicy\": \"flux-system:app\"}",
    "# {\"$imagepolicy\": \"flux-system:app\"}\na: x",
    "a: x\n# {\"$imagepolicy\": \"flux-system:app\"}",
    "- x # {\"$imagepolicy\": \"flux-system:app\"}",
    "a: ghcr.io/org/app:1.2.3 # {\"$imagepolicy\": \"flux-system:app\"}",
  ])
  func leavesOtherCommentsAlone(text: String) throws {
    let update = try update(text)
    #expect(update.bytes == Array(text.utf8))
    #expect(update.changes.isEmpty)
  }

  @Test func keepsEveryOtherByte() throws {
    let text =
      "\u{FEFF}a:   'é'  # c\r\n\r\nimage:  old:1\t# {\"$imagepolicy\": \"flux-system:app\"}"
    let update = try update(text)
    let expected = text.replacing("old:1", with: "ghcr.io/org/app:1.2.3")
    #expect(update.bytes == Array(expected.utf8))
  }

  @Test func malformedFilesWithMarkersAreReported() {
    #expect(throws: DiagnosticError.self) {
      try update("a: [x # {\"$imagepolicy\": \"flux-system:app\"}\n")
    }
  }

  @Test func malformedFilesWithoutMarkersAreNotEvenRead() throws {
    #expect(try update("a: [").changes.isEmpty)
  }

  @Test(arguments: [
    ("a.yaml", true), ("d/a.yml", true), ("d/Kustomization", true), ("Kustomization.txt", false),
    ("a.json", false),
  ])
  func looksAtTheFilesFluxLooksAt(path: String, expected: Bool) {
    #expect(ImageSetters.considers(path) == expected)
  }
}
