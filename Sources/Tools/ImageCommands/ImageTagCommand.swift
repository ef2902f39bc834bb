public import ArgumentParser
internal import ImageTags
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `image-tag`: images with the tags that Skaffold's tag policies give them
/// (``ImageTags/GitCommitTagger``, ``ImageTags/TemplateTagger``, ``ImageTags/TimeLayout``,
/// ``ImageTags/InputDigest``), or those that a build gave them (``ImageTags/BuildOutput``).
public struct ImageTagCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "image-tag",
    abstract: "Print images with the tags that one of Skaffold's tag policies gives them.",
    discussion: """
      With --file, images and policy come from a skaffold.yaml; with --build-output, images and tags \
      from what 'skaffold build --file-output' wrote. --output json writes that form, --output edit \
      the arguments of 'overlay-edit set image'.

      Example: image-tag --policy gitCommit --variant AbbrevCommitSha ghcr.io/acme/backend
      Example: image-tag --file skaffold.yaml --output json
      Example: image-tag --build-output build.json --output edit | xargs overlay-edit set image
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
    /// By a template over the other policies: GIT, SHA, DATE and INPUT_DIGEST.
    case customTemplate
    /// By a digest of the files that a build reads.
    case inputDigest
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

  @Option(name: [.short, .long], help: "gitCommit, inputDigest: the artifact's folder.")
  var context = "."

  @Option(help: "dateTime: the layout, by Go's reference time.")
  var layout = TimeLayout.skaffoldDefault.text

  @Option(help: "dateTime: the time zone, such as Europe/Berlin; Local is the machine's.")
  var timezone = "Local"

  @Option(
    help: """
      envTemplate: the template, such as '{{.GIT_BRANCH | lower}}'; customTemplate: such as \
      '{{.GIT}}-{{.DATE}}'.
      """)
  var template: String?

  @Option(help: "inputDigest: the Dockerfile, relative to the context.")
  var dockerfile = "Dockerfile"

  @Option(name: [.short, .long], help: "A skaffold.yaml with the images and their tag policy.")
  var file: String?

  @Option(help: "A file that 'skaffold build --file-output' wrote; - is standard input.")
  var buildOutput: String?

  /// How the result is written.
  public enum Output: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// An image with its tag a line.
    case text
    /// Skaffold's build output.
    case json
    /// Arguments of `overlay-edit set image`, one a line.
    case edit
  }

  @Option(help: "How the result is written.")
  var output = Output.text

  @Argument(help: "The images; with --file or --build-output, only these.")
  var images: [String] = []

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Asks for what the policy needs.
  public func validate() throws {
    guard file == nil || buildOutput == nil else {
      throw ValidationError("--file and --build-output do not go together")
    }
    if file != nil || buildOutput != nil { return }
    guard !images.isEmpty else {
      throw ValidationError("name the images, or a skaffold.yaml with --file")
    }
    guard policy != .envTemplate && policy != .customTemplate || template != nil else {
      throw ValidationError("the policy \(policy.rawValue) needs --template")
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
      if let buildOutput { write(try read(buildOutput)) } else { write(try tagged(&files)) }
    } catch {
      reporting.report(error.diagnostics, files: files, tool: "image-tag")
      throw ExitStatus.failure.code
    }
  }

  private func tagged(_ files: inout SourceFiles) throws(DiagnosticError) -> BuildOutput {
    let tagger = ArtifactTagger(moment: Moment.now())
    var output = BuildOutput([])
    for artifact in try artifacts(&files) {
      let tag = try tagger.fullName(artifact)
      output.builds.append(BuildOutput.Build(imageName: artifact.image, tag: tag))
    }
    return output
  }

  private func read(_ path: String) throws(DiagnosticError) -> BuildOutput {
    let source = try ManifestFiles.read(path)
    var output: BuildOutput
    do throws(BuildOutput.MalformedError) {
      output = try BuildOutput(parsing: source.bytes)
    } catch {
      throw DiagnosticError(
        Diagnostic("bad-build-output", .error, error.message, path: source.name))
    }
    try checkImages(are: output.builds.map(\.imageName), in: source.name)
    if !images.isEmpty { output.builds.removeAll { !images.contains($0.imageName) } }
    return output
  }

  /// What is to be tagged, from where, and how.
  private func artifacts(
    _ files: inout SourceFiles
  ) throws(DiagnosticError) -> [ArtifactTagger.Artifact] {
    guard let file else {
      return images.map { image in
        ArtifactTagger.Artifact(
          image: image,
          sources: ArtifactSources(
            image: image, context: context, builder: .docker(file: dockerfile, arguments: [:])),
          policy: flagPolicy)
      }
    }
    let source = try ManifestFiles.read(file)
    let configuration = try SkaffoldConfiguration(parsing: source, file: files.add(source))
    try checkImages(are: configuration.builds.flatMap(\.artifacts).map(\.image), in: file)
    let folder = FilePath.parent(of: file)
    var wanted: [ArtifactTagger.Artifact] = []
    for build in configuration.builds {
      for artifact in build.artifacts where images.isEmpty || images.contains(artifact.image) {
        let bases = try configuration.requirements(of: artifact)
        wanted.append(
          ArtifactTagger.Artifact(
            image: artifact.image, sources: ArtifactSources(artifact, in: folder),
            bases: bases.map { ArtifactSources($0, in: folder) }, policy: build.tagPolicy))
      }
    }
    return wanted
  }

  private func checkImages(are known: [String], in path: String) throws(DiagnosticError) {
    for image in images where !known.contains(image) {
      throw DiagnosticError(
        Diagnostic(
          "unknown-image", .error, "no artifact builds the image '\(image)'",
          detail: Spelling.nearest(to: image, among: known).map { "Did you mean '\($0)'?" },
          path: path))
    }
  }

  private var flagPolicy: SkaffoldConfiguration.TagPolicy {
    switch policy {
    case .gitCommit: .gitCommit(variant: variant, prefix: prefix, ignoreChanges: ignoreChanges)
    case .sha256: .sha256
    case .dateTime: .dateTime(format: layout, timezone: timezone)
    case .envTemplate: .envTemplate(template ?? "")
    case .customTemplate: .customTemplate(template ?? "", components: [])
    case .inputDigest: .inputDigest
    }
  }

  private func write(_ built: BuildOutput) {
    switch output {
    case .text: StandardStreams.writeOutput(built.builds.map { $0.tag + "\n" }.joined())
    case .json: StandardStreams.writeOutput(built.text + "\n")
    case .edit:
      StandardStreams.writeOutput(
        built.builds.map { $0.imageName + "=" + $0.tag + "\n" }.joined())
    }
  }
}
