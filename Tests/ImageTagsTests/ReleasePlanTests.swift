import ImageTags
import Testing

@Suite struct ReleasePlanTests {
  private func next(
    _ tag: String?, _ commits: [String], _ plan: ReleasePlan = ReleasePlan()
  ) throws -> String {
    try plan.outcome(after: tag, commits: commits.map(CommitMessage.init)).tag
  }

  @Test(arguments: [
    ("feat: a", SemanticVersion.Part.minor), ("feat(x): a", .minor), ("fix: a", .patch),
    ("refactor(core)!: a", .major), ("docs: a\n\nBREAKING CHANGE: b", .major),
    ("revert: feat: a", .minor), ("docs: a", nil), ("feat : a", nil), ("merge\n\nfeat: a", nil),
    ("docs: BREAKING CHANGE: a", nil),
  ])
  func readsCommits(message: String, part: SemanticVersion.Part?) {
    #expect(CommitMessage(message).part == part)
  }

  @Test func theWeightiestCommitDecides() throws {
    let commits = ["fix: a", "feat: b", "docs: c", "feat: d"].map(CommitMessage.init)
    let outcome = try ReleasePlan().outcome(after: "v1.2.3", commits: commits)
    #expect(outcome.tag == "v1.3.0")
    #expect(outcome.part == .minor)
    #expect(outcome.deciding == [1, 3])
  }

  @Test func majorZeroCanBeKept() throws {
    #expect(try next("v0.9.3", ["feat!: a"]) == "v1.0.0")
    #expect(try next("v0.9.3", ["feat!: a"], ReleasePlan(keepsMajorZero: true)) == "v0.10.0")
  }

  @Test(arguments: [
    ("v1.2.3", "rc", "fix: a", "v1.2.4-rc.0"), ("v1.2.4-rc.0", "rc", "fix: a", "v1.2.4-rc.1"),
    ("v1.2.4-rc.0", "rc", "feat: a", "v1.3.0-rc.0"), ("v1.2.4-rc.3", "", "fix: a", "v1.2.4-rc.4"),
    ("v1.2.4-alpha.3", "rc", "fix: a", "v1.2.4-rc.0"), ("v1.2.3", "rc.7", "fix: a", "v1.2.3-rc.7"),
  ])
  func prereleasesCount(tag: String, name: String, commit: String, expected: String) throws {
    #expect(try next(tag, [commit], ReleasePlan(.prerelease, prerelease: name)) == expected)
  }

  @Test func refusesWhatIsNoVersion() {
    #expect(throws: ReleasePlan.Failure.self) { try next("bad", ["fix: a"]) }
    #expect(throws: ReleasePlan.Failure.self) { try next("v1.0.0", [], ReleasePlan(.prerelease)) }
    #expect(throws: ReleasePlan.Failure.self) {
      try next("v1.0.0", ["fix: a"], ReleasePlan(metadata: "bad_meta"))
    }
  }

  @Test func componentsHaveTheirOwnTags() {
    let tags = ["v2.0.0", "api/v1.9.0", "api/v1.10.0", "api/v1.11.0-rc.1", "web/v3.0.0"]
    let scheme = TagScheme(component: "api")
    #expect(scheme.latest(of: tags) == "api/v1.11.0-rc.1")
    #expect(scheme.latest(of: tags, includingPrereleases: false) == "api/v1.10.0")
  }
}
