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

  @Test func tagReadsSkaffoldFilesAndBuildOutput() throws {
    let folder = try TemporaryFolder()
    try folder.write("app/Dockerfile", "FROM scratch\nCOPY main.go /\n")
    try folder.write("app/main.go", "package main\n")
    let build = "build: {artifacts: [{image: app, context: app}], tagPolicy: {inputDigest: {}}}\n"
    let file = try folder.write("skaffold.yaml", "kind: Config\n" + build)
    let tool = BuiltTool("image-tag")
    let first = try tool.run(["--file", file])
    #expect(first.status == 0, "\(first.errors)")
    let byFlags = ["--policy", "inputDigest", "--context", folder.path("app"), "app"]
    #expect(try tool.run(byFlags).output == first.output)
    try folder.write("app/other.go", "")
    #expect(try tool.run(["--file", file]).output == first.output)
    try folder.write("app/main.go", "package main // changed\n")
    #expect(try tool.run(["--file", file]).output != first.output)

    let output = try tool.run(["--file", file, "--output", "json"]).output
    let edit = try tool.run(["--build-output", "-", "--output", "edit"], input: output)
    #expect(edit.output == "app=" + (try tool.run(["--file", file]).output))
    #expect(try tool.run(["--build-output", "-", "other"], input: output).status == 2)
    #expect(try tool.run(["--build-output", "-"], input: "{}").status == 2)
    #expect(try tool.run(["--build-output", "-", "--file", file]).status == 64)
    try folder.write("app/Dockerfile", "FROM scratch\nCOPY none /\n")
    #expect(try tool.run(["--file", file]).status == 2)
    try folder.write(
      "skaffold.yaml", "build: {artifacts: [{image: a, jib: {}}], tagPolicy: {inputDigest: {}}}")
    #expect(try tool.run(["--file", file]).errors.contains("input-digest-not-supported"))
  }

  @Test func selectGoesByBuildDateAndPlatform() throws {
    let lines = """
      {"tag": "a", "created": "2024-01-01T00:00:00Z", "platforms": ["linux/amd64", "linux/arm64"]}
      {"tag": "b", "created": "2024-02-01T00:00:00Z", "platforms": ["linux/amd64"]}
      """
    let tool = BuiltTool("image-select")
    #expect(try tool.run(["--newest-build"], input: lines).output == "b\n")
    let arm = ["--newest-build", "--platform", "linux/amd64,linux/arm64"]
    #expect(try tool.run(arm, input: lines).output == "a\n")
    #expect(try tool.run(["--newest-build"], input: "a\n").status == 1)
    #expect(try tool.run(["--newest-build"], input: "{}\n").status == 2)
    #expect(try tool.run(["--newest-build", "--platform", "arm"], input: lines).status == 64)
  }

  @Test func updateGoesByTheAutomationAndWordsItsCommit() throws {
    let folder = try TemporaryFolder(copying: "Fixtures/newproject", as: "project")
    let project = folder.path("project")
    let arguments = [
      "--policies", "clusters/staging", "--tags", "-", "--automation", "flux-system:newproject",
      "--message",
    ]
    let tags = "ghcr.io/example/newproject-api:0.9.0\nghcr.io/example/newproject-worker:0.9.0\n"
    let tool = BuiltTool("image-update")
    let dry = try tool.run(arguments + ["--dry-run"], input: tags, in: project)
    let result = try tool.run(arguments, input: tags, in: project)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output == dry.output)
    #expect(result.output.hasPrefix("staging: update images\n\n- "))
    #expect(result.output.contains(" -> 0.9.0\n"))
    #expect(try tool.run(arguments, input: tags, in: project).output == "")
    let wrong = arguments.map { $0 == "flux-system:newproject" ? "flux-system:newprojekt" : $0 }
    let refused = try tool.run(wrong, input: tags, in: project)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("Did you mean 'flux-system:newproject'?"))
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
