public import ArgumentParser
internal import ImageTags
internal import SourceText
internal import ToolSupport

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// `image-tag`: images with the tags that Skaffold's tag policies give them
/// (``ImageTags/GitCommitTagger``, ``ImageTags/TemplateTagger``, ``ImageTags/TimeLayout``).
public struct ImageTagCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "image-tag",
    abstract: "Print images with the tags that one of Skaffold's tag policies gives them.",
    discussion: """
      Example: image-tag --policy gitCommit --variant AbbrevCommitSha ghcr.io/acme/backend
      """,
    version: ToolVersion.current)

  /// The tag policies.
  public enum Policy: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// By the state of the Git work tree.
    case gitCommit
    /// `latest`, since the image's digest is what counts.
    case sha256
    /// By the time.
    case dateTime
    /// By a template over the environment.
    case envTemplate
  }

  @Option(help: "The tag policy.")
  var policy = Policy.gitCommit

  @Option(
    help: """
      gitCommit: Tags, CommitSha, AbbrevCommitSha, TreeSha, AbbrevTreeSha or Branches.
      """)
  var variant = "Tags"

  @Option(help: "gitCommit: what stands before the tag.")
  var prefix = ""

  @Flag(help: "gitCommit: no '-dirty' for a work tree with changes.")
  var ignoreChanges = false

  @Option(name: [.short, .long], help: "gitCommit: the artifact's folder.")
  var context = "."

  @Option(help: "dateTime: the layout, by Go's reference time.")
  var layout = TimeLayout.skaffoldDefault.text

  @Option(help: "dateTime: the time zone, such as Europe/Berlin; Local is the machine's.")
  var timezone = "Local"

  @Option(help: "envTemplate: the template, such as '{{.GIT_BRANCH | lower}}'.")
  var template: String?

  @Argument(help: "The images.")
  var images: [String]

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Asks for what the policy needs.
  public func validate() throws {
    guard policy != .envTemplate || template != nil else {
      throw ValidationError("the policy envTemplate needs --template")
    }
    guard GitCommitTagger.Variant(variant) != nil else {
      let names = GitCommitTagger.Variant.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(variant)' is no variant: \(names)")
    }
  }

  /// Prints one line per image.
  public func run() throws {
    var lines = ""
    // One moment for all images.
    let now = policy == .dateTime ? try timeTag() : ""
    for image in images {
      do {
        lines += try SkaffoldImage.fullName(image, tag: tag(for: image, now: now)) + "\n"
      } catch let error as ImageReference.ParseError {
        throw reporting.fail("bad-image", "\(image): \(error)", tool: "image-tag")
      } catch let error as GitFailure {
        throw reporting.fail("git-failed", error.description, tool: "image-tag")
      } catch let error as GoTemplate.Failure {
        throw reporting.fail("bad-template", error.description, tool: "image-tag")
      }
    }
    StandardStreams.writeOutput(lines)
  }

  private func tag(for image: String, now: String) throws -> String {
    switch policy {
    case .gitCommit:
      let tagger = GitCommitTagger(
        GitCommitTagger.Variant(variant) ?? .tags, prefix: prefix, ignoresChanges: ignoreChanges)
      return try tagger.tag(GitWorkTree(folder: context).run)
    case .sha256: return try SkaffoldImage.sha256Tag(for: image)
    case .dateTime: return now
    case .envTemplate:
      return try TemplateTagger.environmentTag(
        template ?? "", image: image, environment: ProcessEnvironment.variables)
    }
  }

  private func timeTag() throws -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let path = timezone == "Local" ? "/etc/localtime" : "/usr/share/zoneinfo/" + timezone
    var zone = TimeZoneRules.utc
    if timezone != "UTC" {
      let isName = !timezone.split(separator: "/").contains("..")
      if isName, let bytes = try? LocalFileSystem().read(path),
        let rules = try? TimeZoneRules(tzif: bytes)
      {
        zone = rules
      } else if timezone != "Local" {
        throw reporting.fail(
          "unknown-time-zone", "unknown time zone '\(timezone)'", tool: "image-tag")
      }
    }
    return TimeLayout(layout).format(
      CivilTime(unixSeconds: Int64(now.tv_sec), nanosecond: Int(now.tv_nsec), zone: zone))
  }
}
