import ManifestExercise
import ManifestKit
import SourceText
import TestSupport
import Testing

/// Whatever the bytes, there is an answer: a value or a diagnostic, never a crash, and every promise
/// of ``ManifestExercise`` holds.
@Suite struct RobustnessTests {
  /// Every YAML and JSON file of the fixtures.
  static let fixtures = ["yaml", "yml", "json"].flatMap {
    Repository.files(below: "Fixtures", withExtension: $0)
  }

  @Test(arguments: fixtures)
  func everyFixtureKeepsItsPromises(path: String) throws {
    let exercise = ManifestExercise(allowsRefusedLayouts: false)
    #expect(throws: Never.self) { try exercise.run(Repository.bytes(path)) }
  }

  @Test func everyMutationOfTheSampler() {
    // `manifest-fuzz --mutations` runs all of them over any file.
    let outcome = Mutations(of: Array(sampler.utf8), every: 61).exercise { Issue.record("\($0)") }
    #expect(outcome.failures == 0 && outcome.count > 100)
  }

  @Test(arguments: fixtures)
  func someMutationsOfEveryFixture(path: String) throws {
    let bytes = try Repository.bytes(path)
    let outcome = Mutations(of: bytes, every: bytes.count).exercise {
      Issue.record("\(path): \($0)")
    }
    #expect(outcome.failures == 0 && outcome.count > 0)
  }
}

/// Input that is meant to cost more than it looks: refused at once.
@Suite struct HostileInputTests {
  private func refusal(_ text: String) throws -> String {
    let clock = ContinuousClock()
    let start = clock.now
    defer { #expect(clock.now - start < .seconds(1)) }
    do {
      _ = try stream(text)
      return "accepted"
    } catch let error as DiagnosticError {
      return "\(error.diagnostics[0].id)"
    }
  }

  private func nested(_ open: String, _ count: Int) -> String {
    String(repeating: open, count: count)
  }

  @Test func deepNesting() throws {
    #expect(try refusal(nested("[", 100_000)) == "yaml-limit")
    #expect(try refusal(nested("{a: ", 100_000)) == "yaml-limit")
    #expect(try refusal(nested("- ", 100_000)) == "yaml-limit")
    #expect(try refusal(nested("? ", 100_000)) == "yaml-limit")
  }

  @Test func muchThatIsNestedDeep() throws {
    // Each of libyaml's tokens costs as much as there are open brackets.
    func text(_ depth: Int) -> String {
      nested("[", depth) + nested("a,", 50_000) + nested("]", depth)
    }
    #expect(throws: DiagnosticError.self) { try stream(text(900)) }
    #expect(try stream(text(60)).documents.count == 1)
  }

  @Test func manyTagDirectives() throws {
    func text(_ count: Int) -> String {
      (0..<count).map { "%TAG !t\($0)! x\n" }.joined() + "--- 1\n"
    }
    #expect(try refusal(text(50_000)) == "yaml-limit")
    #expect(try refusal(text(100)) == "accepted")
  }

  @Test func aliasBomb() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(try refusal(text) == "yaml-limit")
    #expect(
      try refusal(text.replacing("[", with: "{<<: [").replacing("]", with: "]}")) == "yaml-limit")
  }

  @Test func aliasesThatNestDeeply() throws {
    var text = "a0: &a0 [x]\n"
    for level in 1..<2000 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(try refusal(text) == "yaml-limit")
  }

  @Test(arguments: ["a: &a [*a]\n", "a: &a {b: *a}\n", "- &a\n  kind: List\n  items: [*a]\n"])
  func aliasesOfThemselves(text: String) throws {
    #expect(try refusal(text) == "yaml-recursive-alias")
  }

  @Test func aliasesThatAreFine() throws {
    #expect(try refusal("a: &a [x, y]\nb: [*a, *a]\nc: {<<: {d: *a}}\n") == "accepted")
    #expect(try refusal("a: &a 1\nb: [*a, &a 2]\nc: *a\n") == "accepted")
  }

  @Test func streamsAboveTheLimit() throws {
    let text = "a: " + String(repeating: "x", count: 100)
    #expect(throws: DiagnosticError.self) {
      try stream(text, limits: YAMLLimits(maximumBytes: 100))
    }
  }
}
