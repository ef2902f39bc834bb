import OverlayKit
import SourceText
import Testing

@Suite struct PostBuildTests {
  private func data(_ value: String, _ postBuild: PostBuild) throws -> String {
    try postBuild.expand("kind: ConfigMap\ndata:\n  k: \(value)\n")["data"]?.text() ?? ""
  }

  @Test(arguments: [
    ("\"${n}\"", "{\"k\":5}"), ("pre-${n}", "{\"k\":\"pre-5\"}"), ("${list}", "{\"k\":[1,2]}"),
    ("\"${missing:=d}\"", "{\"k\":\"d\"}"), ("$${n}", "{\"k\":\"${n}\"}"),
    ("${lines}", "{\"k\":\"ab\"}"),
  ])
  func readsTheExpandedTextAsYAML(value: String, expected: String) throws {
    let postBuild = try PostBuild(substitute: ["n": "5", "list": "[1, 2]", "lines": "a\nb\n"])
    #expect(try data(value, postBuild) == expected)
  }

  @Test func laterSourcesWinAndTheKustomizationWinsOverAll() throws {
    let postBuild = try PostBuild(
      substitute: ["c": "own"],
      sources: [["a": "1", "b": "1", "c": "1"], ["b": "2", "c": "2"]])
    #expect(try data("${a}-${b}-${c}", postBuild) == "{\"k\":\"1-2-own\"}")
  }

  @Test func withoutVariablesNothingHappensUnlessAlways() throws {
    #expect(try data("${a}", PostBuild(substitute: [:])) == "{\"k\":\"${a}\"}")
    #expect(try data("x${a}", PostBuild(substitute: [:], always: true)) == "{\"k\":\"x\"}")
  }

  @Test(arguments: ["annotations", "labels"])
  func objectsCanOptOut(section: String) throws {
    let yaml = "metadata: {\(section): {\(PostBuild.switchKey): disabled}}\nk: ${n}\n"
    #expect(try PostBuild(substitute: ["n": "5"]).expand(yaml)["k"]?.stringValue == "${n}")
  }

  @Test func refusesBadNamesMissingVariablesAndBrokenResults() throws {
    #expect(throws: PostBuild.Failure.self) { try PostBuild(substitute: ["a-b": "1"]) }
    #expect(throws: PostBuild.Failure.self) { try PostBuild(substitute: ["1a": "1"]) }
    let strict = try PostBuild(substitute: ["n": "5", "bad": "[1"], strict: true)
    #expect(throws: PostBuild.Failure.self) { try strict.expand("k: ${missing}\n") }
    #expect(throws: PostBuild.Failure.self) { try strict.expand("k: ${bad}\n") }
  }
}
