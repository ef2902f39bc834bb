public import ArgumentParser

/// The command types of this library's tools, in the order help lists them.
public enum OverlayCommandSet {
  /// All of them.
<<<<<<< HEAD
  public static let all: [any ParsableCommand.Type] = [
    OverlayPromoteCommand.self
  ]
=======
  public static let all: [any ParsableCommand.Type] = [OverlayBuildCommand.self]
>>>>>>> overlay
}
