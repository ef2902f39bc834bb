public import ArgumentParser
internal import ImageTags
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `image-tag`: images with the tags that Skaffold's tag policies give them
/// (``ImageTags/GitCommitTagger``, ``ImageTags/TemplateTagger``, ``ImageTags/TimeLayout``).
public struct ImageTagCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "image-tag",
    abstract: "Print images with the tags that one of Skaffold's tag policies gives them.",
    discussion: """
      With --file, images and policy come from a skaffold.yaml; --output json prints what \
      'skaffold build --file-output' writes.

      Example: image-tag --policy gitCommit --variant AbbrevCommitSha ghcr.io/acme/backend
      Example: image-tag --file skaffold.yaml --output json
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

  @Option(name: [.short, .long], help: "A skaffold.yaml with the images and their tag policy.")
  var file: String?

  /// How the result is written.
  public enum Output: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// An image with its tag a line.
    case text
    /// Skaffold's build output.
    case json
  }

  @Option(help: "How the result is written.")
  var output = Output.text

  @Argument(help: "The images; with --file, only these of the file.")
  var images: [String] = []

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Asks for what the policy needs.
  public func validate() throws {
    guard file != nil || !images.isEmpty else {
      throw ValidationError("name the images, or a skaffold.yaml with --file")
    }
    guard file != nil || policy != .envTemplate || template != nil else {
      throw ValidationError("the policy envTemplate needs --template")
    }
    guard GitCommitTagger.Variant(variant) != nil else {
      let names = GitCommitTagger.Variant.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(variant)' is no variant: \(names)")
    }
  }

  /// Prints one line per image.
  public func run() throws {
    var files = SourceFiles()
    do throws(DiagnosticError) {
      var tagger = ArtifactTagger(moment: Moment.now())
      var tagged: [(image: String, tag: String)] = []
      for (image, context, policy) in try artifacts(&files) {
        tagged.append((image, try tagger.fullName(image, context: context, policy)))
      }
      write(tagged)
    } catch {
      reporting.report(error.diagnostics, files: files, tool: "image-tag")
      throw ExitStatus.failure.code
    }
  }

  /// What is to be tagged, from where, and how.
  private func artifacts(
    _ files: inout SourceFiles
  ) throws(DiagnosticError) -> [(String, String, SkaffoldConfiguration.TagPolicy)] {
    guard let file else { return images.map { ($0, context, flagPolicy) } }
    let source = try ManifestFiles.read(file)
    let configuration = try SkaffoldConfiguration(parsing: source, file: files.add(source))
    var found: [(String, String, SkaffoldConfiguration.TagPolicy)] = []
    for build in configuration.builds {
      for artifact in build.artifacts where images.isEmpty || images.contains(artifact.image) {
        let folder = FilePath.join(FilePath.parent(of: file), artifact.context)
        found.append((artifact.image, folder, build.tagPolicy))
      }
    }
    let known = configuration.builds.flatMap(\.artifacts).map(\.image)
    for image in images where !known.contains(image) {
      throw DiagnosticError(
        Diagnostic(
          "unknown-image", .error, "no artifact builds the image '\(image)'",
          detail: Spelling.nearest(to: image, among: known).map { "Did you mean '\($0)'?" },
          path: file))
    }
    return found
  }

  private var flagPolicy: SkaffoldConfiguration.TagPolicy {
    switch policy {
    case .gitCommit: .gitCommit(variant: variant, prefix: prefix, ignoreChanges: ignoreChanges)
    case .sha256: .sha256
    case .dateTime: .dateTime(format: layout, timezone: timezone)
    case .envTemplate: .envTemplate(template ?? "")
    }
  }

  private func write(_ tagged: [(image: String, tag: String)]) {
    switch output {
    case .text: StandardStreams.writeOutput(tagged.map { $0.tag + "\n" }.joined())
    case .json:
      let builds = tagged.map { entry in
        JSONValue.object([("imageName", .string(entry.image)), ("tag", .string(entry.tag))])
      }
      StandardStreams.writeOutput(JSONValue.object([("builds", .array(builds))]).text() + "\n")
    }
  }
}
