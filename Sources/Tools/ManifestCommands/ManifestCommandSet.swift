public import ArgumentParser

/// The command types of this library's tools, in the order help lists them.
public enum ManifestCommandSet {
  /// All of them.
  public static let all: [any ParsableCommand.Type] = [
    ManifestDiffCommand.self, ManifestEditCommand.self, ManifestGetCommand.self,
    ManifestGraphCommand.self, ManifestPatchCommand.self, ManifestSplitCommand.self,
    ManifestValidateCommand.self,
  ]
}
