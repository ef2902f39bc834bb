import TestSupport
import Testing

@Suite struct OverlayVendorTests {
  /// A repository with a base, and a project that names it.
  private func project() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    func git(_ arguments: String...) throws {
      let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
      let result = try BuiltTool.program("git", identity + arguments, in: folder.path("repo"))
      try #require(result.status == 0, "\(result.errors)")
    }
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n"
    try folder.write("repo/base/kustomization.yaml", "resources: [s.yaml]\n")
    try folder.write("repo/base/s.yaml", service)
    try git("init", "-q", "-b", "main")
    try git("add", ".")
    try git("commit", "-q", "-m", "first")
    try git("tag", "-a", "v1", "-m", "v1")
    try folder.write(
      "app/kustomization.yaml",
      """
      namePrefix: x-
      resources:
        - file://\(folder.path("repo"))//base?ref=v1
        - https://host.invalid/more.yaml
      """)
    // A stand-in for curl, so that the test needs no network.
    try folder.write(
      "bin/curl", "#!/bin/sh\necho 'apiVersion: v1'\necho 'kind: Pod'\necho 'metadata: {name: p}'\n"
    )
    _ = try BuiltTool.program("chmod", ["+x", folder.path("bin/curl")])
    return folder
  }

  private func run(_ tool: String, _ arguments: [String], _ folder: TemporaryFolder) throws
    -> BuiltTool.Result
  {
    try BuiltTool(tool).run(
      arguments, in: folder.root,
      environment: [
        "XDG_CACHE_HOME": folder.path("cache"),
        "PATH": folder.path("bin") + ":/usr/local/bin:/usr/bin:/bin",
      ])
  }

  @Test func remoteResourcesAreFetchedWhenAllowedAndBuiltFromCopiesOffline() throws {
    let folder = try project()
    let refused = try run("overlay-build", ["app"], folder)
    #expect(refused.status == 2 && refused.output.isEmpty)
    #expect(refused.errors.contains("app/kustomization.yaml:3:5"))
    let fetched = try run("overlay-build", ["--allow-remote", "app"], folder)
    #expect(fetched.status == 0, "\(fetched.errors)")
    #expect(fetched.output.contains("name: x-s") && fetched.output.contains("name: x-p"))

    let vendored = try run("overlay-vendor", ["app"], folder)
    #expect(vendored.status == 0, "\(vendored.errors)")
    #expect(vendored.output.contains(" v1 "))
    _ = try BuiltTool.program("rm", ["-rf", folder.path("cache"), folder.path("repo")])
    let offline = try run("overlay-build", ["app"], folder)
    #expect(offline.status == 0 && offline.output == fetched.output, "\(offline.errors)")
    #expect(try run("overlay-vendor", ["--check"], folder).status == 0)
    try folder.write("vendor/overlays/host.invalid/more.yaml", "changed")
    #expect(try run("overlay-vendor", ["--check"], folder).status == 1)
    #expect(try run("overlay-build", ["app"], folder).status == 2)
  }

  @Test func aFolderOfOtherThingsIsNotReplaced() throws {
    let folder = try project()
    try folder.write("mine/file", "x")
    let result = try run("overlay-vendor", ["--into", "mine", "app"], folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("not-a-vendor-folder"))
    #expect(try folder.text("mine/file") == "x")
  }

  @Test func whatCannotBeFetchedIsLocated() throws {
    let folder = try project()
    let repository = "file://\(folder.path("repo"))//base?ref=v2"
    try folder.write("app/kustomization.yaml", "resources: ['\(repository)']\n")
    let result = try run("overlay-build", ["--allow-remote", "app"], folder)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.errors.contains("app/kustomization.yaml:1:13"))
    #expect(result.errors.contains("no branch or tag 'v2'"))
    #expect(try run("overlay-vendor", [], folder).status == 64)
  }

  @Test func aCommitIsNamedByAFewDigits() throws {
    let folder = try project()
    let head = try BuiltTool.program("git", ["rev-parse", "HEAD"], in: folder.path("repo"))
    for length in [7, 40] {
      let repository = "file://\(folder.path("repo"))//base?ref=\(head.output.prefix(length))"
      try folder.write("app/kustomization.yaml", "resources: ['\(repository)']\n")
      let built = try run("overlay-build", ["--allow-remote", "app"], folder)
      #expect(built.status == 0 && built.output.contains("name: s\n"), "\(built.errors)")
    }
    let unknown = head.output.hasPrefix("0000000") ? "1111111" : "0000000"
    let repository = "file://\(folder.path("repo"))//base?ref=\(unknown)"
    try folder.write("app/kustomization.yaml", "resources: ['\(repository)']\n")
    let refused = try run("overlay-build", ["--allow-remote", "app"], folder)
    #expect(refused.status == 2 && refused.output.isEmpty)
    #expect(refused.errors.contains("no commit or several start with it"), "\(refused.errors)")
  }

  @Test func aServerThatNeverStopsIsStopped() throws {
    let folder = try project()
    try folder.write("bin/curl", "#!/bin/sh\nexec cat /dev/zero\n")
    let endless = try run("overlay-build", ["--allow-remote", "app"], folder)
    #expect(endless.status == 2 && endless.output.isEmpty)
    #expect(endless.errors.contains("app/kustomization.yaml:4:5"), "\(endless.errors)")
    #expect(endless.errors.contains("curl wrote more than 64 MiB"), "\(endless.errors)")
  }

  @Test func chartsAreRenderedByTheNamedProgramOnly() throws {
    let folder = try project()
    try folder.write("app/kustomization.yaml", "helmCharts: [{name: my, valuesInline: {a: 1}}]\n")
    try folder.write("app/charts/my/values.yaml", "b: 2\n")
    // Prints the values that it is given as a ConfigMap.
    try folder.write(
      "bin/myhelm",
      """
      #!/bin/sh
      printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: c}\\ndata:\\n'
      sed 's/^\\(.*\\): \\(.*\\)$/  \\1: "\\2"/' "$5"
      """)
    _ = try BuiltTool.program("chmod", ["+x", folder.path("bin/myhelm")])
    let refused = try run("overlay-build", ["app"], folder)
    #expect(refused.status == 2 && refused.errors.contains("helm-not-enabled"))
    let command = ["--enable-helm", "--helm-command", folder.path("bin/myhelm"), "app"]
    let built = try run("overlay-build", command, folder)
    #expect(built.status == 0, "\(built.errors)")
    #expect(built.output.contains("data:\n  a: \"1\"\n  b: \"2\"\n"))
    let missing = ["--enable-helm", "--helm-command", "no-such-helm", "app"]
    #expect(try run("overlay-build", missing, folder).status == 2)
  }

  @Test func aRevisionIsBuiltAsItWasThen() throws {
    let folder = try project()
    let base = folder.path("repo/base")
    let old = try BuiltTool("overlay-build").run(["."], in: base)
    try folder.write("repo/base/kustomization.yaml", "resources: [s.yaml]\nnamePrefix: new-\n")
    let now = try BuiltTool("overlay-build").run(["."], in: base)
    #expect(now.output.contains("name: new-s"))
    let then = try BuiltTool("overlay-build").run(["--revision", "v1", "."], in: base)
    #expect(then.status == 0 && then.output == old.output, "\(then.errors)")
    let status = try BuiltTool.program("git", ["status", "--porcelain"], in: base)
    #expect(status.output == " M base/kustomization.yaml\n")
    let written = ["--revision", "HEAD", ".", "-o", "built.yaml"]
    #expect(try BuiltTool("overlay-build").run(written, in: base).status == 0)
    #expect(try folder.text("repo/base/built.yaml") == old.output)
    for bad in ["none", "--help", "HEAD:base"] {
      let refused = try BuiltTool("overlay-build").run(["--revision=\(bad)", "."], in: base)
      #expect(refused.status == 2 && refused.errors.contains("git-failed"), "\(refused.errors)")
    }
  }
}
