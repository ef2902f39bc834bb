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
        Prints a tag a line, in the registry's order; with --references, name:tag as image-update \
        reads it. With --details, a JSON object a line, which image-select and image-update read too: \
        digest, platforms and date of each image, at two or three requests a tag.

        Example: image-list ghcr.io/example/app | image-select --semver '>=1.0.0'
        Example: image-list --details --filter '^main-' ghcr.io/example/app | image-select --newest-build
        """,
      version: ToolVersion.current)

    @Argument(help: "The image, without a tag.")
    var image: String

    @Flag(help: "Print name:tag instead of the tag alone.")
    var references = false

    @Flag(help: "Print what is known of each tag.")
    var details = false

    @Option(help: "Only tags that this RE2 pattern matches.")
    var filter: String?

    @OptionGroup var registry: RegistryOptions

    /// Creates the command; the fields are set by parsing.
    public init() {}

    /// Wants a pattern that can be read.
    public func validate() throws {
      guard let filter else { return }
      do {
        _ = try Pattern(filter)
      } catch {
        throw ValidationError("--filter: \(error)")
      }
    }

    /// Asks the registry and prints.
    public func run() throws {
      let image = try registry.image(self.image, tool: "image-list")
      let pattern = try filter.map { try Pattern($0) }
      let name = self.image
      let prefix = references ? name + ":" : ""
      let asksForDetails = details
      try registry.run(tool: "image-list") { client in
        var tags = try await client.tags(of: image)
        if let pattern { tags = try tags.filter { try pattern.matches($0) } }
        guard asksForDetails else {
          StandardStreams.writeOutput(tags.map { prefix + $0 + "\n" }.joined())
          return
        }
        for (tag, details) in try await client.details(of: tags, in: image) {
          let entry = TagListing.Entry(image: name, tag: tag, details: details)
          StandardStreams.writeOutput(entry.json + "\n")
        }
      }
    }
  }
#endif
