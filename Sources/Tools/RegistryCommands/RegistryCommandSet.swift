public import ArgumentParser

/// The command types that talk to registries; none unless the trait Registry is on.
public enum RegistryCommandSet {
  /// All of them, in the order help lists them.
  public static var all: [any ParsableCommand.Type] {
    #if Registry
      [ImageListCommand.self, ImageInspectCommand.self, ImagePinCommand.self]
    #else
      []
    #endif
  }
}
