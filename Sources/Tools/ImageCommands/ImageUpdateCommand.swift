public import ArgumentParser
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `image-update`: ``OverlayKit/ImageSetters``.
public struct ImageUpdateCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "image-update",
    abstract: "Write chosen images into the fields that carry a setter marker.",
    discussion: """
      A marker is a comment such as # {"$imagepolicy": "flux-system:app:tag"} behind a value. Only \
      the value changes: comments, spacing, quotes and order stay as they are. Either all files are \
      written or none.

      What to write is named with --image, or chosen by the ImagePolicy objects of --policies from a \
      list of image references, one a line.

      Example: image-update --image flux-system:app=ghcr.io/example/app:1.2.3 manifests/overlays/staging
      Example: image-update --policies clusters/staging --tags tags.txt manifests/overlays/staging
      """,
    version: ToolVersion.current)

  @Option(
    name: .customLong("image"), parsing: .singleValue,
    help: ArgumentHelp(
      "What a policy chose; may be given more than once.",
      valueName: "namespace:policy=name:tag[@digest]"))
  var choices: [PolicyChoice] = []

  @Option(
    name: .customLong("policies"),
    help: "A file or folder of Flux manifests whose policies choose; may be given more than once.")
  var policies: [String] = []

  @Option(
    help: "A file of image references, one name:tag a line, to choose from; - is standard input.")
  var tags: String?

  @Argument(help: "Files and folders; folders are searched for *.yaml and *.yml.")
  var paths: [String] = ["."]

  @Flag(help: "Show the change as a diff and write nothing.")
  var dryRun = false

  @Flag(help: "Exit with status 1 where nothing changes.")
  var exitCode = false

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command; the fields are set by parsing.
  public init() {}

  /// Wants at least one way to know what to write.
  public func validate() throws {
    guard policies.isEmpty == (tags == nil) else {
      throw ValidationError("--policies and --tags go together")
    }
    if choices.isEmpty, policies.isEmpty {
      throw ValidationError(
        "say what to write: --image namespace:policy=name:tag, or --policies with --tags")
    }
  }

  /// Updates every file, or shows what would be done.
  public func run() throws {
    var files = SourceFiles()
    let isUnchanged: Bool
    do throws(DiagnosticError) {
      var chosen = choices
      if let tags {
        let choosing = try PolicyRun(policies: policies, tags: tags, files: &files)
        reporting.report(choosing.diagnostics, files: files, tool: "image-update")
        chosen += choosing.choices
      }
      var run = SetterRun(choices: chosen)
      for path in paths { try run.update(path, files: &files) }
      reporting.report(run.diagnostics, files: files, tool: "image-update")
      if run.diagnostics.hasErrors { throw DiagnosticError([]) }
      try finish(run)
      isUnchanged = run.edits.isEmpty
    } catch {
      reporting.report(error.diagnostics, files: files, tool: "image-update")
      throw ExitStatus.failure.code
    }
    if exitCode, isUnchanged { throw ExitStatus.negative.code }
  }

  private func finish(_ run: SetterRun) throws(DiagnosticError) {
    if dryRun {
      StandardStreams.writeOutput(FileEdits.diff(run.edits))
      return
    }
    do throws(FileError) {
      try FileEdits.write(run.edits)
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
    for line in run.report { StandardStreams.writeOutput(line + "\n") }
  }
}

/// `namespace:policy=name:tag[@digest]`.
public struct PolicyChoice: ExpressibleByArgument, Sendable {
  let policy: String
  let choice: ImageSetters.Choice

  init(policy: String, choice: ImageSetters.Choice) {
    self.policy = policy
    self.choice = choice
  }

  /// Reads an argument; `nil` where it is malformed.
  public init?(argument: String) {
    guard let equals = argument.firstIndex(of: "=") else { return nil }
    policy = String(argument[..<equals])
    let parts = argument[argument.index(after: equals)...].split(
      separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard policy.split(separator: ":").count == 2, let reference = parts.first,
      let colon = reference.lastIndex(of: ":"),
      !reference[colon...].contains("/"), colon != reference.startIndex
    else { return nil }
    let tag = reference[reference.index(after: colon)...]
    guard !tag.isEmpty, parts.count == 1 || !parts[1].isEmpty else { return nil }
    choice = ImageSetters.Choice(
      name: String(reference[..<colon]), tag: String(tag),
      digest: parts.count == 2 ? String(parts[1]) : "")
  }
}
