import SourceText
import Testing

@Suite struct SpellingTests {
  @Test(arguments: [
    ("replica", ["selector", "replicas", "template"], "replicas"),
    ("REPLICAS", ["replicas"], "replicas"),
    ("metadta", ["metadata", "spec"], "metadata"),
    ("sepc", ["spec", "status"], "spec"),
    ("newName", ["newTag", "newNames"], "newNames"),
  ])
  func suggestsTheNearest(name: String, candidates: [String], expected: String) {
    #expect(Spelling.nearest(to: name, among: candidates) == expected)
  }

  @Test(arguments: [
    ("xyz", ["replicas", "spec"]), ("", ["a"]), ("a", []), ("spec", ["spec"]),
    (String(repeating: "a", count: 500), [String(repeating: "a", count: 499)]),
  ])
  func suggestsNothingFarAway(name: String, candidates: [String]) {
    #expect(Spelling.nearest(to: name, among: candidates) == nil)
  }
}
