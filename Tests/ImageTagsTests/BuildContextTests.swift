import ImageTags
import SourceText
import Testing

@Suite struct BuildContextTests {
  @Test(arguments: [
    ("FROM a\nCOPY go.mod go.sum ./\nCOPY . .", ["go.mod", "go.sum", "."]),
    ("FROM a\nCOPY --chown=1:1 [\"a b\", \"/\"]\nADD /x /y", ["a b", "x"]),
    (
      "FROM a AS b\nCOPY one .\nFROM c\nCOPY --from=b two .\nADD https://x.io/y three /",
      ["one", "three"]
    ),
    ("# escape=`\nFROM a\ncopy `\n  # note\n  a `\n  b c", ["a", "b"]),
    (
      "FROM a\nRUN <<EOF\nCOPY no no\nEOF\nCOPY <<-\"X\" yes /\n\tCOPY no no\n\tX\nCOPY z /",
      ["yes", "z"]
    ),
    (
      "ARG V=1\nFROM a:$V\nARG V\nARG W=x\nENV D=lib E=\"e f\"\nCOPY $D/$V ${W:-n}${N:-n} ${W:+y} \\$D /",
      ["lib/1", "xn", "y", "$D"]
    ),
    ("FROM a\nARG DIR=src\nCOPY $DIR /", ["given"]),
  ])
  func readsWhatADockerfileCopies(text: String, expected: [String]) {
    let isGiven = expected == ["given"]
    let sources = DockerfileSources(
      parsing: Array(text.utf8), arguments: isGiven ? ["DIR": "given"] : [:])
    #expect(sources.patterns == expected)
  }

  @Test(arguments: [
    ("*.md", "a.md", true), ("*.md", "sub/a.md", false), ("**/*.md", "sub/x/a.md", true),
    ("**/*.md", "a.md", true), ("docs", "docs/a/b", true), ("/docs/", "docs/a", true),
    ("docs/**", "docs/a", true), ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true),
    ("*\n!keep", "keep", false), ("*\n!keep\nkeep/x", "keep/x", true), ("# *", "a", false),
    ("node_modules\n!node_modules/a", "node_modules/a/b", false), ("a/../b", "b", true),
    ("", "a", false), ("[ab]?", "b1", true),
  ])
  func ignoresPaths(rules: String, path: String, expected: Bool) throws {
    #expect(try DockerIgnore(parsing: Array(rules.utf8)).ignores(path) == expected)
  }

  @Test func refusesBrokenPatternsWithTheirLine() {
    let error = #expect(throws: DockerIgnore.ParseError.self) {
      try DockerIgnore(parsing: Array("a\n[b".utf8))
    }
    #expect(error?.line == 2)
  }

  private static let tree = MemoryFileSystem([
    "/app/Dockerfile": "FROM scratch\nCOPY cmd *.go /\n", "/app/.dockerignore": "**/*_test.go\n",
    "/app/main.go": "package main\n", "/app/main_test.go": "", "/app/cmd/a/x.txt": "x",
    "/app/README.md": "",
  ])

  @Test func findsTheFilesThatABuildReads() throws {
    let context = BuildContext("/app", fileSystem: Self.tree)
    #expect(try context.files() == ["Dockerfile", "cmd/a/x.txt", "main.go"])
    #expect(try context.contents(of: "cmd/a/x.txt") == Array("x".utf8))
    #expect(try context.contents(of: "cmd") == nil)
  }

  @Test(arguments: [
    ("COPY none /", "nothing in the build context is 'none'"),
    ("COPY ../x /", "'../x' lies outside the build context"),
  ])
  func refusesSourcesThatAreNotThere(line: String, words: String) {
    let tree = MemoryFileSystem(["/app/Dockerfile": "FROM a\n" + line])
    let error = #expect(throws: BuildContext.Failure.self) {
      try BuildContext("/app", fileSystem: tree).files()
    }
    #expect(error?.description.contains(words) == true)
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
