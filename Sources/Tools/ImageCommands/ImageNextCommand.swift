public import ArgumentParser
internal import ImageTags
internal import SourceText
internal import ToolSupport

/// `image-next`: the next version of a repository (``ImageTags/ReleasePlan``).
public struct ImageNextCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "image-next",
    abstract: "Print the next version of a repository, from its tags and commits.",
    discussion: """
      The newest version among the tags of the current branch, raised as the commits since ask for \
      it: 'feat:' raises the minor version, 'fix:' the patch, '!:' and 'BREAKING CHANGE:' the major. \
      Exit status 1 with --check when no commit asks for a new version.

      Example: image-next --component api --prerelease rc
      """,
    version: ToolVersion.current)

  @Option(name: [.short, .long], help: "The folder of the work tree.")
  var repository = "."

  @Option(help: "What stands before the version in tags.")
  var prefix: String?

  @Option(
    help: """
      A component of the repository: tags are COMPONENT/v1.2.3, and only commits that touch the \
      folder COMPONENT count.
      """)
  var component: String?

  @Option(help: "The folder whose commits count, if not the component's.")
  var path: String?

  @Option(help: "Make a pre-release: a channel such as rc, which counts on, or all of it: rc.7.")
  var prerelease: String?

  @Option(help: "Build metadata to add.")
  var metadata = ""

  @Option(help: "Raise this part, whatever the commits say: major, minor or patch.")
  var bump: String?

  @Flag(help: "Print the current version instead.")
  var current = false

  @Flag(help: "Raise the minor version for breaking changes as long as the major version is 0.")
  var keepMajorZero = false

  @Flag(help: "Raise the patch version even if no commit asks for it.")
  var always = false

  @Flag(help: "Exit with status 1 if there is nothing to release.")
  var check = false

  @Flag(help: "Print a JSON document that names the commits that decided.")
  var json = false

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Refuses options that contradict one another.
  public func validate() throws {
    guard prefix == nil || component == nil else {
      throw ValidationError("--prefix and --component exclude each other")
    }
    guard bump.map({ SemanticVersion.Part(rawValue: $0) != nil }) ?? true else {
      throw ValidationError("--bump takes major, minor or patch")
    }
    guard [prerelease != nil, bump != nil, current].count(where: { $0 }) <= 1 else {
      throw ValidationError("--prerelease, --bump and --current exclude each other")
    }
  }

  /// Reads tags and commits with git and prints the next version.
  public func run() throws {
    let git = GitWorkTree(folder: repository)
    let scheme = component.map(TagScheme.init(component:)) ?? TagScheme(prefix: prefix ?? "v")
    let tag: String?
    let commits: [GitHistory.Commit]
    do throws(GitFailure) {
      let history = GitHistory(git: git.run, path: path ?? component)
      tag = scheme.latest(of: try history.tags())
      commits = try history.commits(since: tag)
    } catch {
      throw reporting.fail("git-failed", error.description, tool: "image-next")
    }
    let plan = ReleasePlan(
      action, scheme: scheme, keepsMajorZero: keepMajorZero, alwaysBumps: always,
      prerelease: prerelease ?? "", metadata: metadata)
    try finish(plan, after: tag, commits)
  }

  private var action: ReleasePlan.Action {
    if current { return .current }
    if let part = bump.flatMap(SemanticVersion.Part.init(rawValue:)) { return .bump(part) }
    return prerelease == nil ? .next : .prerelease
  }

  private func finish(
    _ plan: ReleasePlan, after tag: String?, _ commits: [GitHistory.Commit]
  ) throws {
    let outcome: ReleasePlan.Outcome
    do throws(ReleasePlan.Failure) {
      outcome = try plan.outcome(after: tag, commits: commits.map(\.message))
    } catch {
      throw reporting.fail("no-next-version", error.description, tool: "image-next")
    }
    let text =
      json ? Self.document(outcome, after: tag, commits).text(.indented) : outcome.tag
    StandardStreams.writeOutput(text + "\n")
    if check, outcome.part == nil { throw ExitStatus.negative.code }
  }

  private static func document(
    _ outcome: ReleasePlan.Outcome, after tag: String?, _ commits: [GitHistory.Commit]
  ) -> JSONValue {
    let deciding = outcome.deciding.map { index -> JSONValue in
      .object([
        ("id", .string(commits[index].id)), ("title", .string(commits[index].message.title)),
      ])
    }
    return .object([
      ("tag", .string(outcome.tag)), ("version", .string(outcome.version.description)),
      ("currentTag", tag.map(JSONValue.string) ?? .null),
      ("raised", outcome.part.map { .string($0.rawValue) } ?? .null),
      ("commits", .integer(commits.count)), ("decidedBy", .array(deciding)),
    ])
  }
}
