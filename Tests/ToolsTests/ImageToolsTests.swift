import TestSupport
import Testing

@Suite struct ImageToolsTests {
  @Test func selectPrintsTheTagAndTheReasons() throws {
    let result = try BuiltTool("image-select")
      .run(["--semver", "^1.0", "--reasons"], input: "1.0.0\n1.5.0\n2.0.0\nlatest\n")
    #expect(result.status == 0)
    #expect(result.output == "1.5.0\n")
    #expect(
      result.errors == """
        latest: fewer than three parts
        2.0.0: out of range
        1.0.0: older than the chosen tag

        """)
  }

  @Test func selectSaysNoAndCannot() throws {
    let tool = BuiltTool("image-select")
    #expect(try tool.run(["--semver", ">=2"], input: "1.0.0\n").status == 1)
    #expect(try tool.run(["--semver", "==2"], input: "1.0.0\n").status == 2)
    #expect(try tool.run(["--semver", "*", "--filter", "("], input: "1.0.0\n").status == 2)
    #expect(try tool.run(["--semver", "*", "/no/such/file"]).status == 2)
    #expect(try tool.run([], input: "1.0.0\n").status == 64)
    #expect(try tool.run(["--numerical", "up"], input: "1\n").status == 64)
  }

  @Test func nextReadsTagsAndCommitsOfAComponent() throws {
    let folder = try repository()
    let tool = BuiltTool("image-next")
    #expect(try tool.run(["-r", folder.root]).output == "v1.1.0\n")
    #expect(try tool.run(["-r", folder.root, "--component", "api"]).output == "api/v0.1.1\n")
    #expect(try tool.run(["-r", folder.root, "--prerelease", "rc"]).output == "v1.1.0-rc.0\n")
    let json = try tool.run(["-r", folder.root, "--json"]).output
    #expect(json.contains(#""title": "feat: web""#))
    #expect(!json.contains("fix: api"))
    #expect(try tool.run(["-r", folder.root, "--path", "none", "--check"]).status == 1)
  }

  @Test func nextRefusesWhatIsNoRepository() throws {
    let folder = try TemporaryFolder()
    let result = try BuiltTool("image-next")
      .run(["-r", folder.root], environment: ["GIT_CEILING_DIRECTORIES": "/"])
    #expect(result.status == 2)
    #expect(result.errors.contains("git-failed"))
    #expect(try BuiltTool("image-next").run(["--bump", "huge"]).status == 64)
  }

  @Test func tagFollowsThePolicy() throws {
    let folder = try repository()
    let tool = BuiltTool("image-tag")
    try folder.write("web/new", "x")
    let tags = try tool.run(["-c", folder.path("web"), "--variant", "Branches", "img", "r.io/x"])
    #expect(tags.output == "img:main-dirty\nr.io/x:main-dirty\n")
    let clean = try tool.run(["-c", folder.path("api"), "--variant", "branches", "img"])
    #expect(clean.output == "img:main\n")
    let template = ["--policy", "envTemplate", "--template", "{{.STAGE | lower}}", "img"]
    #expect(try tool.run(template, environment: ["STAGE": "QA"]).output == "img:qa\n")
    #expect(try tool.run(["--policy", "envTemplate", "--template", "{{.N_O}}", "img"]).status == 2)
    #expect(try tool.run(["--policy", "envTemplate", "img"]).status == 64)
    #expect(try tool.run(["--policy", "sha256", "Img!!"]).status == 2)
  }

  private func repository() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    func git(_ arguments: String...) throws {
      let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
      let result = try BuiltTool.program("git", identity + arguments, in: folder.root)
      try #require(result.status == 0, "\(result.errors)")
    }
    try git("init", "-q", "-b", "main")
    try folder.write("api/a", "1")
    try folder.write("web/a", "1")
    try git("add", ".")
    try git("commit", "-q", "-m", "first")
    try git("tag", "v1.0.0")
    try git("tag", "api/v0.1.0")
    try folder.write("web/a", "2")
    try git("commit", "-q", "-a", "-m", "feat: web")
    try folder.write("api/a", "2")
    try git("commit", "-q", "-a", "-m", "fix: api")
    return folder
  }
}
