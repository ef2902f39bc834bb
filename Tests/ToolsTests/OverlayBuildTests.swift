import TestSupport
import Testing

/// `overlay-build` on the reference project.
@Suite struct OverlayBuildTests {
  private let tool = BuiltTool("overlay-build")
  private let project = Repository.path("Fixtures/newproject")
  private let overlays = "manifests/overlays/"

  @Test func severalOverlaysAreOneStreamInOrder() throws {
    let together = try tool.run([overlays + "local", overlays + "prod"], in: project)
    #expect(together.status == 0)
    let local = try tool.run([overlays + "local"], in: project).output
    // With an option the arguments are parsed; the result is the same.
    let prod = try tool.run([overlays + "prod", "--color", "never"], in: project).output
    #expect(together.output == local + "---\n" + prod)
  }

  @Test func onlyAffectedOverlaysArePrinted() throws {
    let folders = ["local", "staging", "prod"].map { overlays + $0 }
    func affected(by changes: String) throws -> String {
      try tool.run(["--affected-by", "-"] + folders, input: changes, in: project).output
    }
    #expect(
      try affected(by: overlays + "prod/kustomization.yaml\n") == overlays + "prod\n")
    #expect(
      try affected(by: "manifests/bases/web/service.yaml\n")
        == folders.map { $0 + "\n" }.joined())
    #expect(try affected(by: "README.md\n") == "")
  }

  @Test func originsGoToAFileOfTheirOwn() throws {
    let folder = try TemporaryFolder()
    let plain = try tool.run([overlays + "staging"], in: project).output
    let result = try tool.run(
      [overlays + "staging", "--origins", folder.path("origins.jsonl")], in: project)
    #expect(result.output == plain)
    let lines = try folder.text("origins.jsonl").split(separator: "\n")
    #expect(
      lines.first
        == #"{"document":0,"path":"/apiVersion","file":"manifests/overlays/staging/namespace.yaml","line":1,"column":13}"#
    )
  }

  @Test func fluxKustomizationsAreRendered() throws {
    let result = try tool.run(["--flux", "clusters/staging"], in: project)
    #expect(result.status == 0)
    #expect(result.output.contains("    kustomize.toolkit.fluxcd.io/name: newproject\n"))
    let missing = try tool.run(
      ["--flux", "clusters/staging", "--substitute-from", "none.yaml"], in: project)
    #expect(missing.status == 2)
    #expect(missing.output.isEmpty)
  }

  @Test func oneThatFailsLeavesStandardOutputEmpty() throws {
    let result = try tool.run([overlays + "local", overlays + "none"], in: project)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("overlays/none"))
  }
}
