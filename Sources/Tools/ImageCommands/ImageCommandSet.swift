public import ArgumentParser

/// The command types of this library's tools, in the order help lists them.
public enum ImageCommandSet {
  /// All of them.
  public static let all: [any ParsableCommand.Type] = [
    ImageNextCommand.self, ImageSelectCommand.self, ImageTagCommand.self,
    ImageUpdateCommand.self,
  ]
}
