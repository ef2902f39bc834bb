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
