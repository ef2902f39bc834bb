#if Registry
  public import ArgumentParser
  internal import ImageRegistry
  internal import ImageTags
  internal import SourceText
  internal import ToolSupport

  /// `image-inspect`: digest, platforms, labels and date of an image.
  public struct ImageInspectCommand: ParsableCommand {
    /// Name and help.
    public static let configuration = CommandConfiguration(
      commandName: "image-inspect",
      abstract: "Show the digest, platforms, labels and date of an image in its registry.",
      discussion: """
        Prints a JSON document. The digest is that of the index where the tag names one.

        Example: image-inspect ghcr.io/example/app:1.2.3
        """,
      version: ToolVersion.current)

    @Argument(help: "The image.")
    var image: String

    @OptionGroup var registry: RegistryOptions

    /// Creates the command; the fields are set by parsing.
    public init() {}

    /// Asks the registry and prints.
    public func run() throws {
      let image = try registry.image(self.image, tool: "image-inspect")
      try registry.run(tool: "image-inspect") { client in
        let manifest = try await client.manifest(of: image)
        let first = manifest.contents.entries.first
        var digest = manifest.contents.configuration
        if digest == nil, let first {
          digest = try await client.manifest(of: image, reference: first.digest)
            .contents.configuration
        }
        var members: [(String, JSONValue)] = [
          ("name", .string(image.name)), ("digest", .string(manifest.digest)),
        ]
        if let digest {
          let configuration = try await client.configuration(digest, of: image)
          let platforms =
            manifest.contents.entries.isEmpty
            ? [configuration.platform] : manifest.contents.entries.map(\.platform)
          members.append(("platforms", .array(platforms.map { .string($0.description) })))
          members.append(("created", configuration.created.map(JSONValue.string) ?? .null))
          let labels = configuration.labels.sorted { $0.key < $1.key }
          members.append(("labels", .object(labels.map { ($0.key, .string($0.value)) })))
        }
        StandardStreams.writeOutput(JSONValue.object(members).text(.indented) + "\n")
      }
    }
  }
#endif
