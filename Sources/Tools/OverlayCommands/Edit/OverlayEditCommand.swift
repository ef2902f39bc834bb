public import ArgumentParser
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// `overlay-edit`: changes a kustomization file (``OverlayKit/KustomizationEditor``).
public struct OverlayEditCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "overlay-edit",
    abstract: "Change a kustomization file and leave everything else in it as it is.",
    discussion: """
      The grammar of 'kustomize edit'. Comments, order and layout of the file stay; no field is \
      modernised but by 'fix'.

      Example: overlay-edit set image registry.example.com/api:1.4.2 --in manifests/overlays/staging
      """,
    version: ToolVersion.current,
    subcommands: [
      EditSetCommand.self, EditAddCommand.self, EditRemoveCommand.self, EditFixCommand.self,
    ])

  /// Creates the command; the fields are set by parsing.
  public init() {}
}

/// `overlay-edit fix`: ``OverlayKit/KustomizationEditor/fix(_:)``.
struct EditFixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Turn deprecated fields into the ones that took their place.",
    discussion: "Example: overlay-edit fix --in manifests/base")

  @OptionGroup var options: EditOptions

  @Flag(help: "Also turn 'vars' into 'replacements', with placeholders in the resources.")
  var vars = false

  func run() throws {
    let folder = options.folder
    try options.edit(isChecked: true) { editor, files throws(DiagnosticError) in
      let changes = vars ? try editor.convertVariables(in: folder, files: &files) : []
      try editor.fix { LocalFileSystem().kind(of: FilePath.join(folder, $0)) == .file }
      return changes
    }
  }
}
