import TestSupport
import Testing

@Suite struct OverlayCheckToolTests {
  @Test func theReferenceProjectIsClean() throws {
    let result = try BuiltTool("overlay-check").run(["Fixtures/newproject"], in: Repository.root)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
  }

  @Test func aPipeNamedAsOutputStaysAPipe() throws {
    let project = try TemporaryFolder(copying: "Fixtures/newproject", as: "project")
    let result = try BuiltTool.shell(
      """
      mkfifo pipe; cat pipe > read & \
      overlay-build manifests/overlays/staging -o pipe; wait; test -p pipe; echo $?
      overlay-build manifests/overlays/staging | cmp - read; echo $?
      """, in: project.path("project"))
    #expect(result.output == "0\n0\n")
  }

  @Test func findingsAreLocatedAndDeprecatedFieldsRewritten() throws {
    let folder = try TemporaryFolder()
    try folder.write("base/kustomization.yaml", "# Ours.\nresources: [c.yaml]\n")
    try folder.write("base/c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n")
    try folder.write("base/forgotten.yaml", "")
    let old = "# The overlay.\nbases:\n  - ../base  # all of it\n"
    try folder.write("over/kustomization.yaml", old)
    let tool = BuiltTool("overlay-check")
    let found = try tool.run(["."], in: folder.root)
    #expect(found.status == 1 && found.output.isEmpty)
    #expect(found.errors.contains("base/forgotten.yaml: warning:"))
    #expect(found.errors.contains("over/kustomization.yaml:2:1: warning:"))
    let dry = try tool.run(["--fix", "--dry-run"], in: folder.root)
    #expect(dry.status == 0 && dry.output.contains("-bases:\n+resources:\n"), "\(dry.output)")
    #expect(try folder.text("over/kustomization.yaml") == old)
    #expect(try tool.run(["--fix"], in: folder.root).status == 0)
    #expect(try folder.text("over/kustomization.yaml").contains("- ../base  # all of it"))
    #expect(try tool.run(["over", "base/../base"], in: folder.root).errors.contains("forgotten"))
  }

  @Test func rulesAreExplainedAndUsageIsChecked() throws {
    let tool = BuiltTool("overlay-check")
    #expect(try tool.run(["--explain", "all"]).output.contains("unused-generator: "))
    let unknown = try tool.run(["--explain", "unused-generators"])
    #expect(unknown.status == 64 && unknown.errors.contains("did you mean 'unused-generator'?"))
    #expect(try tool.run(["--dry-run"]).status == 64)
    #expect(try tool.run(["/no/such/folder"]).status == 2)
  }

  @Test func theGraphShowsWhatUsesWhat() throws {
    let tool = BuiltTool("overlay-graph")
    let project = Repository.path("Fixtures/newproject")
    let text = try tool.run(["manifests"], in: project)
    #expect(text.output.contains("manifests/overlays/prod\n  manifests/bases/daemons/api\n"))
    let users = try tool.run(["--used-by", "manifests/components/hardening"], in: project)
    #expect(users.output == "manifests/overlays/prod\nmanifests/overlays/staging\n")
    #expect(try tool.run(["--output", "json", "manifests"], in: project).output.hasPrefix("{"))
    #expect(try tool.run(["--remotes", "--used-by", "x"]).status == 64)
    #expect(try tool.run(["/no/such/folder"]).status == 2)
  }
}
