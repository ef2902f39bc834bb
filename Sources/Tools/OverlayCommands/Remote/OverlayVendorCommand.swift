public import ArgumentParser
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `overlay-vendor`: keeps copies of remote resources (``OverlayKit/RecordedResources``).
public struct OverlayVendorCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "overlay-vendor",
    abstract: "Keep copies of the remote resources of overlays in the project.",
    discussion: """
      Fetches what the overlays name with the user's git and curl, and writes the files that their \
      builds read, with a lock of commits and digests. overlay-build then takes them from there, \
      verified, without a network. Run it again to follow branches and tags.

      Example: overlay-vendor manifests/overlays/*
      Example: overlay-vendor --check
      """,
    version: ToolVersion.current)

  @Argument(help: "Folders with a kustomization.yaml.", completion: .directory)
  var folders: [String] = []

  @Option(help: "Where the copies go; all that is in the folder is replaced.")
  var into = "vendor/overlays"

  @Flag(help: "Fetch and write nothing; exit with status 1 where a copy is not what its lock says.")
  var check = false

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command; the fields are set by parsing.
  public init() {}

  /// Wants something to do.
  public func validate() throws {
    guard check != !folders.isEmpty else {
      throw ValidationError(check ? "--check takes no folders" : "name the overlays' folders")
    }
  }

  /// Checks, or builds every folder and writes what they needed.
  public func run() throws {
    do throws(DiagnosticError) {
      if check { try verify() } else { try vendor() }
    } catch {
      reporting.report(error.diagnostics, files: SourceFiles(), tool: "overlay-vendor")
      throw error.diagnostics.contains { $0.id == Self.mismatch }
        ? ExitStatus.negative.code : ExitStatus.failure.code
    }
  }

  private static let mismatch: Diagnostic.ID = "vendored-copy-changed"

  private func verify() throws(DiagnosticError) {
    guard let vendored = try VendoredResources(into) else {
      throw DiagnosticError(
        Diagnostic("no-lock-file", .error, "there is no \(VendorLock.fileName)", path: into))
    }
    let mismatches = vendored.mismatches().map {
      Diagnostic(Self.mismatch, .error, $0.description, path: into)
    }
    guard mismatches.isEmpty else { throw DiagnosticError(mismatches) }
  }

  private func vendor() throws(DiagnosticError) {
    let names = (try? LocalFileSystem().list(into)) ?? []
    guard names.isEmpty || names.contains(VendorLock.fileName) else {
      throw DiagnosticError(
        Diagnostic(
          "not-a-vendor-folder", .error, "the folder holds other things, and would be replaced",
          detail: "Name an empty folder, or one that overlay-vendor made, with --into.",
          path: into))
    }
    let recorder = RecordedResources(try RemoteOptions.fetcher())
    var options = OverlayBuilder.Options()
    options.environment = ProcessEnvironment.value
    options.remotes = [recorder]
    let builder = OverlayBuilder(options: options)
    var inputs: Set<String> = []
    var failed = false
    for folder in folders {
      let result = builder.build(folder)
      reporting.report(result.diagnostics, files: result.files, tool: "overlay-vendor")
      failed = failed || result.yaml == nil
      inputs.formUnion(result.inputs)
    }
    if failed { throw DiagnosticError([]) }
    do throws(FileError) {
      let (lock, files) = try recorder.vendored(inputs)
      try write(lock, files)
      for repository in lock.repositories {
        StandardStreams.writeOutput(
          "\(repository.url) \(repository.ref ?? "HEAD") \(repository.commit)\n")
      }
      for file in lock.files { StandardStreams.writeOutput("\(file.url) \(file.digest)\n") }
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }

  private func write(_ lock: VendorLock, _ files: [String: [UInt8]]) throws(FileError) {
    let fileSystem = LocalFileSystem()
    let temporary = try fileSystem.createTemporaryFolder(beside: into)
    do throws(FileError) {
      for (path, bytes) in files {
        let target = FilePath.join(temporary, path)
        try fileSystem.createFolder(FilePath.parent(of: target))
        try fileSystem.replace(target, with: bytes)
      }
      try fileSystem.replace(
        FilePath.join(temporary, VendorLock.fileName), with: Array(lock.text.utf8))
      try fileSystem.replaceFolder(into, with: temporary)
    } catch {
      try? fileSystem.remove(temporary)
      throw error
    }
  }
}
