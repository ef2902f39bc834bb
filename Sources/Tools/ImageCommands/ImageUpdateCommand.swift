public import ArgumentParser
internal import ImageTags
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
      list of tags: name:tag or name:tag@digest a line, or what 'image-list --details' prints. \
      --automation and --message go by an ImageUpdateAutomation among the same manifests: its policies, \
      its path, its commit message.

      Example: image-update --image flux-system:app=ghcr.io/example/app:1.2.3 manifests/overlays/staging
      Example: image-update --policies clusters/staging --tags tags.txt --message | git commit -aF -
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

  @Option(help: "A file of tags to choose from; - is standard input.")
  var tags: String?

  @Option(
    help: ArgumentHelp(
      "The ImageUpdateAutomation of --policies to go by.", valueName: "namespace:name"))
  var automation: String?

  @Argument(
    help: """
      Files and folders; folders are searched for *.yaml and *.yml. The automation's path, or this \
      folder, without any.
      """)
  var paths: [String] = []

  @Flag(help: "Show the change as a diff and write nothing.")
  var dryRun = false

  @Flag(help: "Print the commit message instead of what changed; nothing where nothing changes.")
  var message = false

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
    guard automation == nil || !policies.isEmpty else {
      throw ValidationError("--automation goes with --policies")
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
      var automation: UpdateAutomation?
      if let tags {
        let manifests = try PolicyManifests(reading: policies, files: &files)
        automation = try chosenAutomation(manifests)
        let outcome = manifests.choose(
          from: try ManifestFiles.readTags(tags), for: self.automation == nil ? nil : automation)
        reporting.report(outcome.diagnostics, files: files, tool: "image-update")
        if outcome.diagnostics.hasErrors { throw DiagnosticError([]) }
        chosen += outcome.choices.map(PolicyChoice.init)
      }
      var run = SetterRun(choices: chosen)
      for path in paths.isEmpty ? [automation?.path ?? "."] : paths {
        try run.update(path, files: &files)
      }
      reporting.report(run.diagnostics, files: files, tool: "image-update")
      if run.diagnostics.hasErrors { throw DiagnosticError([]) }
      try finish(run, automation)
      isUnchanged = run.edits.isEmpty
    } catch {
      reporting.report(error.diagnostics, files: files, tool: "image-update")
      throw ExitStatus.failure.code
    }
    if exitCode, isUnchanged { throw ExitStatus.negative.code }
  }

  /// The automation that was named, or the only one there is.
  private func chosenAutomation(
    _ manifests: PolicyManifests
  ) throws(DiagnosticError) -> UpdateAutomation? {
    let known = manifests.automations.map(\.id)
    if let name = automation {
      if let found = manifests.automations.first(where: { $0.id == name }) { return found }
      throw DiagnosticError(
        Diagnostic(
          "unknown-automation", .error, "there is no ImageUpdateAutomation '\(name)'",
          detail: Spelling.nearest(to: name, among: known).map { "Did you mean '\($0)'?" }))
    }
    guard message, known.count > 1 else { return message ? manifests.automations.first : nil }
    throw DiagnosticError(
      Diagnostic(
        "several-automations", .error, "several ImageUpdateAutomation objects word a message",
        detail: "Name one with --automation: \(known.joined(separator: ", "))."))
  }

  private func finish(
    _ run: SetterRun, _ automation: UpdateAutomation?
  ) throws(DiagnosticError) {
    // A message that cannot be worded must not leave files changed.
    let words =
      try automation?.message(for: run.changes) ?? UpdateAutomation.standardMessage
    if !dryRun {
      do throws(FileError) {
        try FileEdits.write(run.edits)
      } catch {
        throw DiagnosticError(error.diagnostic)
      }
    }
    if message {
      if !run.edits.isEmpty {
        StandardStreams.writeOutput(words + (words.hasSuffix("\n") ? "" : "\n"))
      }
    } else if dryRun {
      StandardStreams.writeOutput(FileEdits.diff(run.edits))
    } else {
      StandardStreams.writeOutput(run.report.map { $0 + "\n" }.joined())
    }
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
