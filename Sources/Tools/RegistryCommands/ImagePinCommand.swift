#if Registry
  public import ArgumentParser
  internal import ImageRegistry
  internal import ImageTags
  internal import SourceText
  internal import ToolSupport

  /// `image-pin`: the digest of a tag, so that what was tested is what runs.
  public struct ImagePinCommand: ParsableCommand {
    /// Name and help.
    public static let configuration = CommandConfiguration(
      commandName: "image-pin",
      abstract: "Print an image with the digest that its tag has now.",
      discussion: """
        The digest is that of the index where there is one, so that every platform is pinned. With \
        --platform, an image that lacks one of them is refused with exit status 1.

        Example: image-pin --platform linux/amd64,linux/arm64 ghcr.io/example/app:1.2.3
        """,
      version: ToolVersion.current)

    @Argument(help: "The image, with its tag.")
    var image: String

    @Option(help: "The platforms that the image must have, with commas between them.")
    var platform = ""

    @OptionGroup var registry: RegistryOptions

    /// Creates the command; the fields are set by parsing.
    public init() {}

    /// Wants platforms that are well formed.
    public func validate() throws {
      for text in platform.split(separator: ",") where ImageManifest.Platform(String(text)) == nil {
        throw ValidationError("'\(text)' is no platform; write linux/amd64 or linux/arm/v7")
      }
    }

    /// Asks the registry and prints.
    public func run() throws {
      let image = try registry.image(self.image, tool: "image-pin").withDefaultTag
      let wanted = platform.split(separator: ",").compactMap { ImageManifest.Platform(String($0)) }
      try registry.run(tool: "image-pin") { client in
        let manifest = try await client.manifest(of: image)
        if !wanted.isEmpty {
          let platforms = try await client.platforms(of: image, manifest)
          let missing = wanted.filter { platform in !platforms.contains(where: platform.accepts) }
          guard missing.isEmpty else {
            let names = missing.map(\.description).joined(separator: ", ")
            throw NegativeAnswer(
              diagnostic: Diagnostic(
                "missing-platform", .error, "\(image.familiar) has no image for \(names)",
                detail: "It has \(platforms.map(\.description).joined(separator: ", "))."))
          }
        }
        let name = image.familiarName + (image.tag.map { ":" + $0 } ?? "")
        StandardStreams.writeOutput("\(name)@\(manifest.digest)\n")
      }
    }
  }
#endif
