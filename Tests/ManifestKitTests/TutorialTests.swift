import ManifestKit
import SourceText
import TestSupport
import Testing

/// The article "Change an image tag in ten lines", run as it stands there.
@Suite struct TutorialTests {
  private func changeTag(_ path: String) throws {
    let files = LocalFileSystem()
    let source = SourceFile(name: path, bytes: try files.read(path))
    var plan = EditPlan()
    plan.set(
      try EditPath(parsing: "spec.template.spec.containers[name=app].image"),
      to: .string("registry.example.com/web:1.4.2"))
    try files.replace(path, with: try plan.apply(to: source))
  }

  private func images(_ source: SourceFile) throws -> [String] {
    var found: [String] = []
    let stream = try YAMLStream(parsing: source)
    let image = try EditPath(parsing: "spec.template.spec.containers[name=app].image")
    for document in stream.documents {
      guard let node = document.root[image] else { continue }
      found.append("\(node.text) \(stream.trailingComment(of: node)?.text ?? "")")
    }
    return found
  }

  private let manifest = """
    # The shop.
    spec:
      template:
        spec:
          containers:
          - name: side
            image: side:1
          - name: app      # the program
            image: 'registry.example.com/web:1.4.1'   # see the release notes

    """

  @Test func oneTagChanges() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("web.yaml", manifest)
    try changeTag(path)
    #expect(try folder.text("web.yaml") == manifest.replacing("1.4.1", with: "1.4.2"))
    let source = SourceFile(name: path, bytes: try LocalFileSystem().read(path))
    #expect(try images(source) == ["registry.example.com/web:1.4.2 see the release notes"])
  }

  @Test func theArticleIsThisCode() throws {
    let article = try Repository.text("Sources/ManifestKit/ManifestKit.docc/ChangeAnImageTag.md")
    let test = try Repository.text("Tests/ManifestKitTests/TutorialTests.swift")
    let blocks = article.split(separator: "```swift\n").dropFirst()
      .map { $0.prefix(while: { $0 != "`" }) }
    #expect(blocks.count == 2)
    let first = blocks.first?.split(separator: "\n") ?? []
    #expect(first.count == 10)
    for line in blocks.flatMap({ $0.split(separator: "\n") }) where !line.hasPrefix("let path =") {
      let code = line.trimming { $0 == " " }
      #expect(test.contains(code), "\(code)")
    }
  }
}

extension Substring {
  fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
    drop(while: isTrimmed)
  }
}
