public import ArgumentParser
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `overlay-create`: writes a new kustomization file (``OverlayKit/KustomizationCreator``).
public struct OverlayCreateCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "overlay-create",
    abstract: "Write a new kustomization.yaml.",
    discussion: """
      Lists the given resources, or with --autodetect the manifests that are there.

      Example: overlay-create --resources ../../base --namespace staging
      """,
    version: ToolVersion.current)

  @Option(name: .customLong("in"), help: "The folder.", completion: .directory)
  var folder = "."

  @Option(help: "Files and folders for 'resources', between commas.")
  var resources: [String] = []

  @Flag(help: "List the manifests of the folder as resources.")
  var autodetect = false

  @Flag(help: "With --autodetect: also those in folders below.")
  var recursive = false

  @Option(help: "The namespace.") var namespace = ""
  @Option(name: .customLong("nameprefix"), help: "The prefix of names.") var namePrefix = ""
  @Option(
    name: .customLong("namesuffix"), parsing: .unconditional, help: "The suffix of names.")
  var nameSuffix = ""
  @Option(help: "Labels, each KEY:VALUE.") var labels: [String] = []
  @Option(help: "Annotations, each KEY:VALUE.") var annotations: [String] = []

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command; the fields are set by parsing.
  public init() {}

  /// Writes the file; fails where there is one.
  public func run() throws {
    do throws(DiagnosticError) {
      let folder = try resolved()
      let creator = KustomizationCreator(folder: folder)
      let (bytes, notes) = try creator.create { editor throws(DiagnosticError) in
        if !resources.isEmpty { try editor.add(.resource, resources.words, in: folder) }
        if autodetect {
          let found = try creator.resources(recursively: recursive)
          if !found.isEmpty { try editor.add(.resource, found, in: folder, isVerified: false) }
        }
        try editor.set(.namespace, to: namespace)
        try editor.set(.namePrefix, to: namePrefix)
        try editor.set(.nameSuffix, to: nameSuffix)
        if !labels.isEmpty { try editor.set(.label, labels.words) }
        if !annotations.isEmpty { try editor.set(.annotation, annotations.words) }
      }
      reporting.report(notes, files: SourceFiles(), tool: "overlay-create")
      do throws(FileError) {
        try LocalFileSystem().replace(FilePath.join(folder, "kustomization.yaml"), with: bytes)
      } catch {
        throw DiagnosticError(error.diagnostic)
      }
    } catch {
      reporting.report(error.diagnostics, files: SourceFiles(), tool: "overlay-create")
      throw ExitStatus.failure.code
    }
  }

  private func resolved() throws(DiagnosticError) -> String {
    do throws(FileError) {
      return try LocalFileSystem().resolve(folder)
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }
}
