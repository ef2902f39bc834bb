#if Registry
  public import ArgumentParser
  internal import ImageRegistry
  internal import ImageTags
  internal import ToolSupport

  /// `image-list`: ``ImageRegistry/RegistryClient/tags(of:)``.
  public struct ImageListCommand: ParsableCommand {
    /// Name and help.
    public static let configuration = CommandConfiguration(
      commandName: "image-list",
      abstract: "List the tags of an image in its registry.",
      discussion: """
        Prints a tag a line, in the registry's order; with --references, name:tag as image-update
        reads it.

        Example: image-list ghcr.io/example/app | image-select --semver '>=1.0.0'
        """,
      version: ToolVersion.current)

    @Argument(help: "The image, without a tag.")
    var image: String

    @Flag(help: "Print name:tag instead of the tag alone.")
    var references = false

    @OptionGroup var registry: RegistryOptions

    /// Creates the command; the fields are set by parsing.
    public init() {}

    /// Asks the registry and prints.
    public func run() throws {
      let image = try registry.image(self.image, tool: "image-list")
      let prefix = references ? self.image + ":" : ""
      try registry.run(tool: "image-list") { client in
        let tags = try await client.tags(of: image)
        StandardStreams.writeOutput(tags.map { prefix + $0 + "\n" }.joined())
      }
    }
  }
#endif
