import Foundation
import ManifestKit
import SourceText
import TestSupport
import Testing

/// Whole answers for whole files: `Fixtures/ManifestKit/<what>/<case>/input.yaml` and beside it what is
/// expected. `UPDATE_FIXTURES=1` writes the expectations anew, to be read before they are committed.
@Suite struct GoldenTests {
  private static let folder = "Fixtures/ManifestKit"

  static func cases(_ what: String) -> [String] {
    Repository.files(below: "\(folder)/\(what)").filter { $0.hasSuffix("/input.yaml") }
      .map { String($0.dropLast("/input.yaml".count)) }
  }

  private func stream(_ path: String) throws -> YAMLStream {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return try YAMLStream(parsing: SourceFile(name: name, bytes: Repository.bytes(path)))
  }

  private func expect(
    _ actual: String, is name: String, in folder: String,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let path = "\(folder)/\(name)"
    if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
      try actual.write(toFile: Repository.path(path), atomically: true, encoding: .utf8)
    }
    let expected = try Repository.text(path)
    #expect(actual == expected, "\(path)", sourceLocation: location)
  }

  private func shown(_ diagnostics: [Diagnostic], of stream: YAMLStream) -> String {
    var files = SourceFiles()
    _ = files.add(stream.source)
    return HumanRenderer().render(diagnostics, files: files)
  }

  @Test(arguments: cases("canonical"))
  func canonicalOutput(folder: String) throws {
    var tree = ValueTree()
    let roots = try tree.add(documentsOf: stream("\(folder)/input.yaml"))
    try expect(CanonicalYAML.text(of: roots, in: tree), is: "expected.yaml", in: folder)
  }

  @Test(arguments: cases("validate"))
  func verdicts(folder: String) throws {
    let input = try stream("\(folder)/input.yaml")
    let validator = ManifestValidator(
      schemas: [SchemaTable(customResources: input.documents), .kubernetes()])
    let found = input.documents.flatMap { validator.verdicts(of: $0) }.flatMap(\.diagnostics)
    try expect(shown(found, of: input), is: "expected.diagnostics", in: folder)
  }

  @Test(arguments: cases("lint"))
  func findings(folder: String) throws {
    let input = try stream("\(folder)/input.yaml")
    let found = LintRule.findings(in: ResourceSet([input]))
    try expect(shown(found, of: input), is: "expected.diagnostics", in: folder)
  }

  @Test(arguments: cases("diff"))
  func comparisons(folder: String) throws {
    var tree = ValueTree()
    let old = try tree.add(documentsOf: stream("\(folder)/input.yaml"))
    let new = try tree.add(documentsOf: stream("\(folder)/new.yaml"))
    let comparison = ManifestComparison(old, new, in: tree)
    try expect(comparison.text(), is: "expected.txt", in: folder)
    try expect(comparison.markdown(), is: "expected.md", in: folder)
    try expect(comparison.json().text(.indented) + "\n", is: "expected.json", in: folder)
  }

  @Test(arguments: cases("graph"))
  func graphs(folder: String) throws {
    let graph = ResourceGraph(ResourceSet([try stream("\(folder)/input.yaml")]))
    try expect(graph.dot(), is: "expected.dot", in: folder)
    try expect(graph.mermaid(), is: "expected.mermaid", in: folder)
    try expect(graph.json().text(.indented) + "\n", is: "expected.json", in: folder)
  }

  @Test(arguments: cases("split"))
  func splits(folder: String) throws {
    var split = ManifestSplit()
    let parts = split.parts(of: try stream("\(folder)/input.yaml"))
    let text = parts.map { "==> \($0.name) <==\n" + String(decoding: $0.bytes, as: UTF8.self) }
    try expect(text.joined(), is: "expected.txt", in: folder)
    let streams = try parts.map {
      try YAMLStream(parsing: SourceFile(name: $0.name, bytes: $0.bytes))
    }
    let joined = streams.flatMap { split.joined($0) }
    try expect(String(decoding: joined, as: UTF8.self), is: "joined.yaml", in: folder)
  }

  @Test(arguments: cases("strategic-merge") + cases("json-patch") + cases("merge-patch"))
  func patches(folder: String) throws {
    var tree = ValueTree()
    let target = try tree.add(documentsOf: stream("\(folder)/input.yaml"))[0]
    let patch = try tree.add(documentsOf: stream("\(folder)/patch.yaml"))[0]
    let result =
      if folder.contains("/strategic-merge/") {
        try StrategicMergePatch().apply(patch, to: target, in: &tree)
      } else if folder.contains("/json-patch/") {
        try JSONPatch(patch, in: tree).apply(to: target, in: &tree)
      } else {
        MergePatch.apply(patch, to: target, in: &tree)
      }
    try expect(CanonicalYAML.text(of: result, in: tree), is: "expected.yaml", in: folder)
  }
}
