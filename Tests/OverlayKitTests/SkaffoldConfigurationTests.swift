import OverlayKit
import SourceText
import TestSupport
import Testing

@Suite struct SkaffoldConfigurationTests {
  private func read(_ text: String) throws -> SkaffoldConfiguration {
    var files = SourceFiles()
    let source = SourceFile(name: "skaffold.yaml", text: text)
    return try SkaffoldConfiguration(parsing: source, file: files.add(source))
  }

  @Test(
    arguments: [
      (
        "gitCommit: {variant: CommitSha, ignoreChanges: true}",
        .gitCommit(variant: "CommitSha", prefix: "", ignoreChanges: true)
      ),
      ("gitCommit: {}", SkaffoldConfiguration.standardPolicy),
      ("sha256: {}", .sha256), ("sha256", .sha256), ("inputDigest: {}", .inputDigest),
      ("dateTime: {format: '2006', timezone: UTC}", .dateTime(format: "2006", timezone: "UTC")),
      ("envTemplate: {template: '{{.TAG}}'}", .envTemplate("{{.TAG}}")),
      (
        "customTemplate: {template: '{{.A}}', components: [{name: A, sha256: {}}]}",
        .customTemplate("{{.A}}", components: [.init(name: "A", policy: .sha256)])
      ),
    ] as [(String, SkaffoldConfiguration.TagPolicy)])
  func readsEveryPolicy(text: String, expected: SkaffoldConfiguration.TagPolicy) throws {
    let configuration = try read(
      "build:\n  tagPolicy: \(text.contains(":") ? "{\(text)}" : text)\n")
    #expect(configuration.builds.map(\.tagPolicy) == [expected])
  }

  @Test func readsArtifactsOfOldAndNewFilesAndOfEveryDocument() throws {
    let configuration = try read(
      """
      build:
        artifacts:
          - imageName: old
            workspace: a
          - image: new
            context: b
      ---
      build: {artifacts: [{image: third}]}
      ---
      deploy: {}
      """)
    let artifacts = configuration.builds.flatMap(\.artifacts)
    #expect(artifacts.map(\.image) == ["old", "new", "third"])
    #expect(artifacts.map(\.context) == ["a", "b", "."])
    #expect(configuration.builds.count == 2)
  }

  @Test(
    arguments: [
      ("docker: {dockerfile: D, buildArgs: {A: b}}", .docker(file: "D", arguments: ["A": "b"])),
      ("kaniko: {}", .docker(file: "Dockerfile", arguments: [:])),
      ("sync: {}", .docker(file: "Dockerfile", arguments: [:])),
      ("ko: {}", .files(["**/*.go"], ignoring: [])),
      ("ko: {dependencies: {}}", .files(["**/*.go"], ignoring: [])),
      ("ko: {dependencies: {ignore: [a]}}", .files([], ignoring: ["a"])),
      ("buildpacks: {builder: b}", .files(["."], ignoring: [])),
      ("custom: {dependencies: {paths: [a, b]}}", .files(["a", "b"], ignoring: [])),
      (
        "custom: {dependencies: {dockerfile: {path: D, buildArgs: {A: b}}}}",
        .docker(file: "D", arguments: ["A": "b"])
      ),
      ("custom: {dependencies: {command: ls}}", .other("a dependency command")),
      ("jib: {}", .other("jib")), ("bazel: {target: '//a'}", .other("bazel")),
    ] as [(String, SkaffoldConfiguration.Builder)])
  func readsEveryBuilder(text: String, expected: SkaffoldConfiguration.Builder) throws {
    let configuration = try read("build: {artifacts: [{image: a, \(text)}]}")
    #expect(configuration.builds.first?.artifacts.first?.builder == expected)
  }

  private func requirements(_ artifacts: String) throws -> [String] {
    let configuration = try read("build:\n  artifacts: [\(artifacts)]\n")
    let first = try #require(configuration.builds.first?.artifacts.first)
    return try configuration.requirements(of: first).map(\.image)
  }

  @Test func requirementsAreFollowed() throws {
    let diamond = """
      {image: a, requires: [{image: b, alias: B}, {image: c}]}, {image: b, requires: [{image: d}]},
      {image: c, requires: [{image: d}]}, {image: d}
      """
    #expect(try requirements(diamond) == ["b", "d", "c", "d"])
    let configuration = try read("build: {artifacts: [\(diamond)]}")
    #expect(configuration.builds[0].artifacts[0].requirements.map(\.alias) == ["B", "c"])
  }

  @Test(arguments: [
    ("{image: app, requires: [{image: bas}]}, {image: base}", "unknown-image"),
    (
      "{image: a, requires: [{image: b}]}, {image: b, requires: [{image: a}]}",
      "required-in-a-cycle"
    ),
    (
      "{image: i0, requires: [{image: i1}, {image: i1}]}, "
        + (1..<12).map { "{image: i\($0), requires: [{image: i\($0 + 1)}, {image: i\($0 + 1)}]}" }
        .joined(separator: ", ") + ", {image: i12}", "too-many-requirements"
    ),
  ])
  func refusesRequirementsThatCannotBeFollowed(artifacts: String, id: Diagnostic.ID) {
    let error = #expect(throws: DiagnosticError.self) { try requirements(artifacts) }
    #expect(error?.diagnostics.first?.id == id)
    #expect(error?.diagnostics.first?.span != nil)
  }

  @Test(arguments: [
    ("gitComit: {}", "Did you mean 'gitCommit'?"),
    ("customTemplate: {components: [{name: A, customTemplate: {}}]}", nil),
  ])
  func refusesOtherPolicies(text: String, help: String?) {
    let error = #expect(throws: DiagnosticError.self) { try read("build: {tagPolicy: {\(text)}}") }
    #expect(error?.diagnostics.first?.id == "unknown-tag-policy")
    #expect(error?.diagnostics.first?.detail == help || help == nil)
    #expect(error?.diagnostics.first?.span != nil)
  }

  @Test func theReferenceProjectsFileIsRead() throws {
    let configuration = try read(try Repository.text("Fixtures/newproject/backend/skaffold.yaml"))
    #expect(
      configuration.builds.first?.artifacts.map(\.image)
        == ["newproject/api", "newproject/worker", "newproject/web"])
  }
}
