public import ArgumentParser
internal import ManifestKit
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `overlay-promote`: ``OverlayKit/Promotion``.
public struct OverlayPromoteCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "overlay-promote",
    abstract: "Copy image tags and digests from one overlay to another.",
    discussion: """
      Changes only the lines of the versions that differ; comments, order and setter markers stay. \
      Prints a line for each image, and for each field that was named.

      Example: overlay-promote manifests/overlays/staging manifests/overlays/prod
      Example: overlay-promote --field 'replicas[name=api].count' overlays/staging overlays/prod
      """,
    version: ToolVersion.current)

  @Argument(help: "The overlay to take versions from.", completion: .directory)
  var source: String

  @Argument(help: "The overlay to change.", completion: .directory)
  var target: String

  @Option(
    name: .customLong("image"),
    help: "An image to promote; may be given more than once. (default: all that both set)")
  var images: [String] = []

  @Option(
    name: .customLong("field"), parsing: .singleValue,
    help: "A field of the kustomization to promote too; may be given more than once.")
  var fields: [String] = []

  @Flag(help: "Show the change as a diff and write nothing.")
  var dryRun = false

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command; the fields are set by parsing.
  public init() {}

  /// Refuses what is no path.
  public func validate() throws {
    for field in fields {
      do throws(EditPath.ParseError) {
        _ = try EditPath(parsing: field)
      } catch {
        throw ValidationError("'\(field)' is no path: \(error.message) (at byte \(error.offset))")
      }
    }
  }

  /// Promotes, or shows what would be done.
  public func run() throws {
    let paths = try fields.map { try EditPath(parsing: $0) }
    var files = SourceFiles()
    do throws(DiagnosticError) {
      let from = try KustomizationLocator.read(source)
      let to = try KustomizationLocator.read(target)
      let promotion = try Promotion(
        from: from, to: to, images: images.isEmpty ? nil : Set(images), fields: paths,
        files: &files)
      reporting.report(promotion.diagnostics, files: files, tool: "overlay-promote")
      if promotion.diagnostics.hasErrors { throw DiagnosticError([]) }
      try finish(promotion, to)
    } catch {
      reporting.report(error.diagnostics, files: files, tool: "overlay-promote")
      throw ExitStatus.failure.code
    }
  }

  private func finish(_ promotion: Promotion, _ target: SourceFile) throws(DiagnosticError) {
    let edit = FileEdits.Edit(path: target.name, old: target.bytes, new: promotion.bytes)
    if dryRun {
      StandardStreams.writeOutput(FileEdits.diff([edit]))
      return
    }
    do throws(FileError) {
      try FileEdits.write([edit])
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
    for change in promotion.changes {
      let old = change.oldValue.isEmpty ? "(none)" : change.oldValue
      StandardStreams.writeOutput("\(change.image): \(old) -> \(change.newValue)\n")
    }
    if promotion.changes.isEmpty {
      StandardStreams.writeError("\(target.name) has these versions already\n")
    }
  }
}
