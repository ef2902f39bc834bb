public import ArgumentParser
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `image-update`: ``OverlayKit/ImageSetters``.
public struct ImageUpdateCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "image-update",
    abstract: "Writes chosen images into the fields that carry a setter marker.",
    discussion: """
      A marker is a comment such as # {"$imagepolicy": "flux-system:app:tag"} behind a value. Only \
      the value changes: comments, spacing, quotes and order stay as they are. Either all files are \
      written or none.

      Example: image-update --image flux-system:app=ghcr.io/example/app:1.2.3 manifests/overlays/staging
      """,
    version: ToolVersion.current)

  @Option(
    name: .customLong("image"), parsing: .singleValue,
    help: ArgumentHelp(
      "What a policy chose; may be given more than once.",
      valueName: "namespace:policy=name:tag[@digest]"))
  var choices: [PolicyChoice] = []

  @Argument(help: "Files and folders; folders are searched for *.yaml and *.yml.")
  var paths: [String] = ["."]

  @Flag(help: "Show the change as a diff and write nothing.")
  var dryRun = false

  @Flag(help: "Exit with status 1 where nothing changes.")
  var exitCode = false

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command; the fields are set by parsing.
  public init() {}

  /// Wants at least one choice.
  public func validate() throws {
    if choices.isEmpty {
      throw ValidationError("Say what to write: --image namespace:policy=name:tag.")
    }
  }

  /// Updates every file, or shows what would be done.
  public func run() throws {
    var files = SourceFiles()
    var run = SetterRun(choices: choices)
    do throws(FileError) {
      for path in paths { try run.update(path, files: &files) }
      reporting.report(run.diagnostics, files: files, tool: "image-update")
      if run.diagnostics.hasErrors { throw FileError(path: "", reason: .notFound) }
      if dryRun {
        StandardStreams.writeOutput(FileEdits.diff(run.edits))
      } else {
        try FileEdits.write(run.edits)
        for line in run.report { StandardStreams.writeOutput(line + "\n") }
      }
    } catch {
      if !error.path.isEmpty {
        reporting.report([error.diagnostic], files: files, tool: "image-update")
      }
      throw ExitStatus.failure.code
    }
    if exitCode, run.edits.isEmpty { throw ExitStatus.negative.code }
  }
}

/// `namespace:policy=name:tag[@digest]`.
public struct PolicyChoice: ExpressibleByArgument, Sendable {
  let policy: String
  let choice: ImageSetters.Choice

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

/// The state of one `image-update`.
private struct SetterRun {
  private let setters: ImageSetters
  private let policies: Set<String>
  private var used: Set<String> = []
  private(set) var edits: [FileEdits.Edit] = []
  private(set) var report: [String] = []
  private var found: [Diagnostic] = []

  init(choices: [PolicyChoice]) {
    var byPolicy: [String: ImageSetters.Choice] = [:]
    for choice in choices { byPolicy[choice.policy] = choice.choice }
    setters = ImageSetters(byPolicy)
    policies = Set(byPolicy.keys)
  }

  /// What was found, and the policies that no marker uses.
  var diagnostics: [Diagnostic] {
    let unused = policies.subtracting(used).sorted()
    return found
      + unused.map { policy in
        Diagnostic(
          "unused-policy", .warning, "no marker names the policy '\(policy)'",
          detail: "Mark a field with # {\"$imagepolicy\": \"\(policy)\"}.")
      }
  }

  mutating func update(_ path: String, files: inout SourceFiles) throws(FileError) {
    let fileSystem = LocalFileSystem()
    guard fileSystem.kind(of: path) == .folder else {
      return try updateFile(path, files: &files)
    }
    for name in try fileSystem.list(path) where name != ".git" {
      let child = path == "." ? name : FilePath.join(path, name)
      switch fileSystem.kind(of: child) {
      case .folder: try update(child, files: &files)
      case .file where ImageSetters.considers(name): try updateFile(child, files: &files)
      default: continue
      }
    }
  }

  private mutating func updateFile(_ path: String, files: inout SourceFiles) throws(FileError) {
    let source = SourceFile(name: path, bytes: try LocalFileSystem().read(path))
    let file = files.add(source)
    let update: ImageSetters.Update
    do throws(DiagnosticError) {
      update = try setters.update(source, file: file)
    } catch {
      found += error.diagnostics
      return
    }
    for (setter, span) in update.markers {
      let policy = setter.split(separator: ":", omittingEmptySubsequences: false).prefix(2)
        .joined(separator: ":")
      if policies.contains(policy) {
        used.insert(policy)
      } else {
        let suggestion = Spelling.nearest(to: policy, among: policies.sorted())
        found.append(
          Diagnostic(
            "unknown-policy", .note, "nothing was chosen for the policy '\(policy)'",
            detail: suggestion.map { "Did you mean '\($0)'?" }, span: span))
      }
    }
    guard update.bytes != source.bytes else { return }
    edits.append(FileEdits.Edit(path: path, old: source.bytes, new: update.bytes))
    let lines = LineIndex(source)
    for change in update.changes {
      let line = lines.lineNumber(of: change.span.bytes.lowerBound)
      report.append("\(path):\(line): \(change.oldValue) -> \(change.newValue)")
    }
  }
}
