public import ArgumentParser
internal import ImageTags
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `image-select`: the latest tag by a policy (``ImageTags/ImagePolicy``).
public struct ImageSelectCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "image-select",
    abstract: "Choose the latest of some tags by a policy, as Flux does, and say why.",
    discussion: """
      Reads tags, one a line, and prints the one that an ImagePolicy with the same rule would choose. \
      Exit status 1 when the policy accepts none of them. --newest-build and --platform need to know \
      more than the tag: give them the lines that 'image-list --details' prints.

      Example: image-select --semver '^1.4' --filter '^v(?P<v>.*)$' --extract '$v' tags.txt
      Example: image-select --newest-build --platform linux/amd64,linux/arm64 tags.jsonl
      """,
    version: ToolVersion.current)

  @Option(help: "A range of versions: the newest in it wins.")
  var semver: String?

  @Option(help: "By bytes: asc takes the last tag, desc the first.")
  var alphabetical: String?

  @Option(help: "As numbers: asc takes the greatest, desc the smallest.")
  var numerical: String?

  @Flag(help: "By the date of the build: the newest wins.")
  var newestBuild = false

  @Option(
    name: .customLong("platform"),
    help: ArgumentHelp(
      "Only images built for all of these; may be given more than once.",
      valueName: "system/architecture,…"))
  var platforms: [PlatformList] = []

  @Option(
    help: ArgumentHelp(
      "A file or folder of Flux manifests with the ImagePolicy to go by.", valueName: "path"))
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "Which policy of --policy, where it has several.", valueName: "namespace:name"))
  var policyName: String?

  @Option(help: "Only tags that this RE2 pattern matches take part.")
  var filter: String?

  @Option(help: "What of the filter's match is ordered: $name, ${1}; the whole tag without it.")
  var extract = ""

  @Option(help: "Only pre-releases of this channel, such as rc (with --semver).")
  var channel: String?

  @Option(
    help: "Which pre-releases count: range (as the range says), none or only (with --semver).")
  var prereleases: PrereleaseChoice = .range

  @Flag(help: "Keep the order in which tags were given where the policy leaves a choice.")
  var keepOrder = false

  @Flag(help: "Say on standard error why each other tag was not chosen.")
  var reasons = false

  @Flag(help: "Print a JSON document with the chosen tag and the reasons.")
  var json = false

  @Argument(help: "A file of tags, one a line; - is standard input.")
  var file = "-"

  @OptionGroup var reporting: ReportingOptions

  /// The values of `--prereleases`.
  public enum PrereleaseChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// As the range says.
    case range
    /// No pre-release.
    case none
    /// Nothing but pre-releases.
    case only
  }

  /// Creates the command for the parser.
  public init() {}

  /// Asks for exactly one rule.
  public func validate() throws {
    let rules = [semver, alphabetical, numerical, policy].count(where: { $0 != nil })
    guard rules + (newestBuild ? 1 : 0) == 1 else {
      throw ValidationError(
        """
        name one rule: --semver RANGE, --alphabetical asc, --numerical asc, --newest-build or \
        --policy PATH
        """)
    }
    guard policy != nil || policyName == nil else {
      throw ValidationError("--policy-name goes with --policy")
    }
    guard policy == nil || filter == nil else {
      throw ValidationError("--filter is the policy's own matter with --policy")
    }
    for order in [alphabetical, numerical].compactMap({ $0 }) {
      guard ImagePolicy.Order(order) != nil else {
        throw ValidationError("'\(order)' is no order: asc or desc")
      }
    }
    guard semver != nil || policy != nil || channel == nil && prereleases == .range else {
      throw ValidationError("--channel and --prereleases go with a semver rule")
    }
    guard filter != nil || extract.isEmpty else {
      throw ValidationError("--extract goes with --filter")
    }
  }

  /// Reads the tags and prints the chosen one.
  public func run() throws {
    var policy = try chosenPolicy()
    policy.platforms = platforms.flatMap(\.platforms)
    let listing: TagListing
    do throws(DiagnosticError) {
      listing = try ManifestFiles.readTags(file)
    } catch {
      reporting.report(error.diagnostics, files: SourceFiles(), tool: "image-select")
      throw ExitStatus.failure.code
    }
    let tags = keepOrder ? listing.tags() : ImagePolicy.registryOrder(listing.tags())
    let details = listing.details()
    do throws(SelectionError) {
      let selection = try policy.select(from: tags, details: details)
      write(selection, digest: details[selection.latest]?.digest) { selection.rejected }
    } catch {
      write(nil, digest: nil) { error.rejected }
      throw reporting.fail(
        "no-tag-selected", error.description, tool: "image-select", status: .negative)
    }
  }

  private func write(
    _ selection: Selection?, digest: String?, rejected: () -> [Selection.Rejection]
  ) {
    let latest = selection?.latest
    if json {
      let list = rejected().map { rejection -> JSONValue in
        .object([
          ("tag", .string(rejection.tag)), ("reason", .string(rejection.reason.description)),
        ])
      }
      let document = JSONValue.object([
        ("latest", latest.map(JSONValue.string) ?? .null),
        ("extract", selection.map { .string($0.extract) } ?? .null),
        ("digest", digest.map(JSONValue.string) ?? .null), ("rejected", .array(list)),
      ])
      StandardStreams.writeOutput(document.text(.indented) + "\n")
    } else if let latest {
      StandardStreams.writeOutput(latest + "\n")
    }
    if reasons {
      StandardStreams.writeError(
        rejected().map { "\($0.tag): \($0.reason.description)\n" }.joined())
    }
  }

  private func chosenPolicy() throws -> ImagePolicy {
    var policy: ImagePolicy
    if let path = self.policy {
      policy = try manifestPolicy(path)
    } else {
      do {
        policy = ImagePolicy(try rule())
        if let filter { policy.filter = TagFilter(try Pattern(filter), extract: extract) }
      } catch {
        throw reporting.fail("bad-policy", "\(error)", tool: "image-select")
      }
    }
    if let channel {
      policy.prereleases = .channel(channel)
    } else if prereleases != .range {
      policy.prereleases = prereleases == .none ? .none : .only
    }
    return policy
  }

  private func manifestPolicy(_ path: String) throws -> ImagePolicy {
    var files = SourceFiles()
    do throws(DiagnosticError) {
      let manifests = try PolicyManifests(reading: [path], files: &files)
      return try manifests.only(named: policyName, in: path)
    } catch {
      reporting.report(error.diagnostics, files: files, tool: "image-select")
      throw ExitStatus.failure.code
    }
  }

  private func rule() throws -> ImagePolicy.Rule {
    if newestBuild { return .newestBuild }
    if let semver { return .semver(try VersionConstraint(semver)) }
    if let order = alphabetical.flatMap(ImagePolicy.Order.init(_:)) { return .alphabetical(order) }
    return .numerical(numerical.flatMap(ImagePolicy.Order.init(_:)) ?? .ascending)
  }
}

/// `linux/amd64,linux/arm64`.
public struct PlatformList: ExpressibleByArgument, Sendable {
  let platforms: [ImageManifest.Platform]

  /// Reads an argument; `nil` where it is malformed.
  public init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    platforms = names.compactMap { ImageManifest.Platform(String($0)) }
    guard platforms.count == names.count else { return nil }
  }
}
