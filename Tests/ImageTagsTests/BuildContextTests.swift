import ImageTags
import SourceText
import Testing

@Suite struct BuildContextTests {
  @Test(arguments: [
    ("FROM a\nCOPY go.mod go.sum ./\nCOPY . .", [["go.mod", "go.sum"], ["."]]),
    ("FROM a\nCOPY --chown=1:1 [\"a b\", \"/\"]\nADD /x /y", [["a b"], ["x"]]),
    (
      "FROM a AS b\nCOPY one .\nFROM c\nCOPY --from=b two .\nADD https://x.io/y three /",
      [["one"], ["three"]]
    ),
    ("# escape=`\nFROM a\ncopy `\n  # note\n  a `\n  b c", [["a", "b"]]),
    (
      "FROM a\nRUN <<EOF\nCOPY no no\nEOF\nCOPY <<-\"X\" yes /\n\tCOPY no no\n\tX\nCOPY z /",
      [["yes"], ["z"]]
    ),
    (
      "ARG V=1\nFROM a:$V\nARG W=x\nENV D=lib E=\"e f\"\nCOPY $D/$V ${W}${N:-n} ${E:+y}$E \\$D /",
      [["lib/1", "xn", "ye f", "$D"]]
    ),
    // An ARG counts in later stages, too, until it is declared again; an ENV in all of them.
    ("ARG A=one\nENV B=two\nFROM a\nCOPY $A ${B} ${A}x $AB /", [["one", "two", "onex", ""]]),
    ("ARG A=one\nFROM a\nARG A\nCOPY x$A /\nARG A=two\nCOPY $A /", [["x"], ["two"]]),
    ("ARG A=1 B=2\nFROM a\nCOPY $A x$B /", [["1", "x"]]),
    ("ARG A=1\nARG B=$A/2=3\nFROM a\nCOPY $B ${B:-no} /", [["1/2", "no"]]),
    ("FROM a\nCOPY 'a$b'\"c\\\"\" $ /\nCOPY a # b c", [["a$bc\"", "$"]]),
    ("FROM a\nARG DIR=src\nCOPY $DIR /", [["given"]]),
  ])
  func readsWhatADockerfileCopies(text: String, expected: [[String]]) throws {
    let isGiven = expected == [["given"]]
    let sources = try DockerfileSources(
      parsing: Array(text.utf8), arguments: isGiven ? ["DIR": "given"] : [:])
    let wanted = expected.map { $0.map { $0.isEmpty ? "." : $0 } }
    #expect(sources.instructions == wanted)
  }

  @Test(arguments: [
    ("COPY 'a /", "a quote is not closed"), ("COPY \"a /", "a quote is not closed"),
    ("COPY ${A /", "'}' is missing"), ("COPY ${A:-b /", "'}' is missing"),
    ("COPY ${A#b} /", "the substitution '#' is not supported"), ("COPY ${A:?b} /", "'?'"),
    ("COPY \(String(repeating: "${A:-", count: 50)) /", "too deeply"),
  ])
  func refusesWordsThatCannotBeRead(line: String, words: String) {
    let error = #expect(throws: DockerfileSources.ParseError.self) {
      try DockerfileSources(parsing: Array(("FROM a\n" + line).utf8))
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  /// Checked against moby's patternmatcher.
  @Test(arguments: [
    ("*.md", "a.md", true), ("*.md", "sub/a.md", false), ("**/*.md", "sub/x/a.md", true),
    ("**/*.md", "a.md", true), ("docs", "docs/a/b", true), ("/docs/", "docs/a", true),
    ("docs/**", "docs/a", true), ("docs/**", "docs", false), ("a/**/z", "a/z", true),
    ("a/**/z", "a/b/c/z", true), ("*\n!keep", "keep", false),
    ("*\n!keep\nkeep/x", "keep/x", true), ("# *", "a", false), (" # *", "# a", true),
    ("node_modules\n!node_modules/a", "node_modules/a/b", false), ("a/../b", "b", true),
    ("", "a", false), ("[ab]?", "b1", true), ("**", "a/b", true), ("**x", "a/bx", true),
    ("**/x", "a/bx", false), ("**/x", "x", true), ("a**b", "a/c/b", true), ("a**b", "acb", false),
    ("a**", "ab", true), ("../a", "a", false), ("/../a", "a", true), ("a.c", "abc", false),
    ("a+(b)", "a+(b)", true), ("\u{FEFF}a", "a", true), ("a\r\n!a\r", "a", false),
    ("a\\*", "a*", true), ("a\\*", "ab", false), ("! a\nb", "b", true),
  ])
  func ignoresPaths(rules: String, path: String, expected: Bool) throws {
    #expect(try DockerIgnore(parsing: Array(rules.utf8)).ignores(path) == expected)
  }

  @Test(arguments: ["a\n[b", "a\n!", "a\n[z-a]", "a\nb\\"])
  func refusesBrokenPatternsWithTheirLine(rules: String) {
    let error = #expect(throws: DockerIgnore.ParseError.self) {
      try DockerIgnore(parsing: Array(rules.utf8))
    }
    #expect(error?.line == 2)
  }

  private static let tree = MemoryFileSystem([
    "/app/Dockerfile": "FROM scratch\nCOPY cmd *.go /\n", "/app/.dockerignore": "**/*_test.go\n",
    "/app/main.go": "package main\n", "/app/main_test.go": "", "/app/cmd/a/x.txt": "x",
    "/app/README.md": "", "/app/cmd/b.go": "",
  ])

  @Test func findsTheFilesThatABuildReads() throws {
    let context = BuildContext("/app", fileSystem: Self.tree)
    #expect(try context.files() == ["Dockerfile", "cmd/a/x.txt", "cmd/b.go", "main.go"])
  }

  @Test(arguments: [
    ("COPY cmd missing /", "", ["Dockerfile", "cmd/a/x.txt", "cmd/b.go"]),
    // A folder that is copied by its name is looked into; others only where a pattern spells them out.
    ("COPY cmd /", "cmd\n!**/b.go", ["Dockerfile", "cmd/b.go"]),
    ("COPY . /", "cmd\n!**/b.go\nmain*", ["Dockerfile", "README.md"]),
    ("COPY . /", "*\n!cmd/b.go", ["Dockerfile", "cmd/b.go"]),
    ("COPY .dockerignore Dockerfile /", "Dockerfile", ["Dockerfile"]),
  ])
  func ignoredFoldersAreLookedIntoAsSkaffoldDoes(
    line: String, rules: String, expected: [String]
  ) throws {
    var tree = Self.tree
    tree.add("/app/Dockerfile", Array(("FROM a\n" + line).utf8))
    tree.add("/app/.dockerignore", Array(rules.utf8))
    #expect(try BuildContext("/app", fileSystem: tree).files() == expected)
  }

  @Test func aSharedDockerfileIsFoundWhereTheProgramRuns() throws {
    var tree = Self.tree
    tree.add("/shared/Dockerfile", Array("FROM a\nCOPY main.go /".utf8))
    tree.add("/shared/Dockerfile.dockerignore", Array("main.go".utf8))
    let context = BuildContext(
      "/app", sources: .dockerfile("shared/Dockerfile"), fileSystem: tree)
    #expect(try context.files() == ["shared/Dockerfile"])
    let unclean = BuildContext("/app", sources: .dockerfile("./Dockerfile"), fileSystem: Self.tree)
    #expect(try unclean.files().contains("./Dockerfile"))
  }

  @Test(arguments: [
    (["."], ["cmd", "*.md", "Dockerfile"], [".dockerignore", "main.go", "main_test.go"]),
    (["*.go", "main.go"], [], ["main.go", "main.go", "main_test.go"]),
    (["**/*.go"], [], ["cmd/b.go"]), (["cmd"], ["cmd"], []), (["cmd"], ["*"], []), ([], [], []),
  ])
  func listsFilesByPatterns(patterns: [String], ignored: [String], expected: [String]) throws {
    let context = BuildContext(
      "/app", sources: .paths(patterns, ignoring: ignored), fileSystem: Self.tree)
    #expect(try context.files() == expected)
  }

  @Test(arguments: [
    ("COPY none nor* /", "nothing in the build context is 'none' or 'nor*'"),
    ("COPY ../x /", "'../x' lies outside the build context"), ("COPY [x /", "'[x' is no pattern"),
    ("COPY 'x /", "a quote is not closed"),
  ])
  func refusesSourcesThatAreNotThere(line: String, words: String) {
    let tree = MemoryFileSystem(["/app/Dockerfile": "FROM a\n" + line])
    let error = #expect(throws: BuildContext.Failure.self) {
      try BuildContext("/app", fileSystem: tree).files()
    }
    #expect(error?.description.contains(words) == true)
  }

  @Test(arguments: [
    (["none"], []), (["../x"], []), (["["], []), (["."], ["["]),
  ])
  func refusesPatternsThatMatchNothing(patterns: [String], ignored: [String]) {
    #expect(throws: BuildContext.Failure.self) {
      try BuildContext(
        "/app", sources: .paths(patterns, ignoring: ignored), fileSystem: Self.tree
      ).files()
    }
  }

  /// The digests stand for themselves here: what is hashed, and in which order, is the point.
  @Test func theTagCoversTheBasesByTheirPathFromTheContext() throws {
    let tree = MemoryFileSystem([
      "/w/app/Dockerfile": "FROM base\nCOPY a /\n", "/w/app/a": "1",
      "/w/base/Dockerfile": "FROM scratch\nCOPY . /\n", "/w/base/b": "2",
    ])
    let digest = InputDigest(
      md5: { String(decoding: $0, as: UTF8.self).split(separator: "\n").joined() },
      sha256: { String(decoding: $0, as: UTF8.self) })
    func context(_ folder: String) -> BuildContext {
      BuildContext(folder, sources: .dockerfile("./Dockerfile"), fileSystem: tree)
    }
    let own = #""DockerfileFROM baseCOPY a /","a1""#
    let base = #""../base/DockerfileFROM scratchCOPY . /""#
    #expect(try digest.tag(of: context("w/app")) == "[\(own)]\n")
    #expect(
      try digest.tag(of: context("w/app"), on: [context("w/base")])
        == "[\(own),\(base),\(base),\"../base/b2\"]\n")
    let none = BuildContext("w/app", sources: .paths([]), fileSystem: tree)
    #expect(try digest.tag(of: none) == "null\n")
  }

  @Test func buildOutputIsReadAsItIsWritten() throws {
    let output = BuildOutput([BuildOutput.Build(imageName: "a", tag: "a:1@sha256:ab")])
    #expect(output.text == #"{"builds":[{"imageName":"a","tag":"a:1@sha256:ab"}]}"#)
    #expect(try BuildOutput(parsing: Array(output.text.utf8)) == output)
    for text in ["", "{}", #"{"builds": [{"tag": "a"}]}"#] {
      #expect(throws: BuildOutput.MalformedError.self) {
        try BuildOutput(parsing: Array(text.utf8))
      }
    }
  }
}
