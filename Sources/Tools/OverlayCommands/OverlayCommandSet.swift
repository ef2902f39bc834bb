public import ArgumentParser

/// The command types of this library's tools, in the order help lists them.
public enum OverlayCommandSet {
  /// All of them.
  public static let all: [any ParsableCommand.Type] = [
    OverlayBuildCommand.self,
    OverlayCheckCommand.self,
    OverlayCreateCommand.self,
    OverlayDiffCommand.self,
    OverlayEditCommand.self,
    OverlayGraphCommand.self,
    OverlayPromoteCommand.self,
    OverlayVendorCommand.self,
  ]
}
