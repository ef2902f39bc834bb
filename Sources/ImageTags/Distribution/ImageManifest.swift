internal import SourceText

/// A manifest of an image or an index of several, as OCI and Docker write them.
public struct ImageManifest: Hashable, Sendable {
  /// The kinds of media that are asked for.
  public static let accepted = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
  ]

  /// An operating system and architecture: `linux/arm64`, `linux/arm/v7`.
  public struct Platform: Hashable, Sendable, CustomStringConvertible {
    /// The operating system.
    public let system: String
    /// The processor architecture.
    public let architecture: String
    /// Its variant; empty where there is none.
    public let variant: String

    /// Creates a platform.
    public init(system: String, architecture: String, variant: String = "") {
      self.system = system
      self.architecture = architecture
      self.variant = variant
    }

    /// Reads `system/architecture[/variant]`; `nil` for other text.
    public init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
      self.init(
        system: parts[0], architecture: parts[1], variant: parts.count == 3 ? parts[2] : "")
    }

    /// The parts with slashes between them.
    public var description: String {
      system + "/" + architecture + (variant.isEmpty ? "" : "/" + variant)
    }

    /// Whether an image for `other` runs where this one is wanted: a variant that is not named
    /// stands for any.
    public func accepts(_ other: Platform) -> Bool {
      system == other.system && architecture == other.architecture
        && (variant.isEmpty || variant == other.variant)
    }
  }

  /// A manifest that an index lists.
  public struct Entry: Hashable, Sendable {
    /// Its digest.
    public let digest: String
    /// What it runs on.
    public let platform: Platform
  }

  /// The images of an index; empty for the manifest of one image.
  public let entries: [Entry]
  /// The digest of the image's configuration; `nil` for an index.
  public let configuration: String?

  /// The text is no manifest.
  public struct MalformedError: Error, Hashable, Sendable {
    /// What is wrong.
    public let message: String
  }

  /// Reads a manifest. Entries that are no images, such as attestations, are left out.
  public init(parsing bytes: [UInt8]) throws(MalformedError) {
    let document: JSONValue
    do throws(JSONValue.ParseError) {
      document = try JSONValue(parsing: bytes)
    } catch {
      throw MalformedError(message: error.message)
    }
    entries = (document["manifests"]?.elements ?? []).compactMap { entry in
      guard let digest = entry["digest"]?.stringValue, let platform = entry["platform"],
        let system = platform["os"]?.stringValue,
        let architecture = platform["architecture"]?.stringValue, system != "unknown"
      else { return nil }
      return Entry(
        digest: digest,
        platform: Platform(
          system: system, architecture: architecture,
          variant: platform["variant"]?.stringValue ?? ""))
    }
    configuration = document["config"]?["digest"]?.stringValue
    guard document["manifests"] != nil || configuration != nil else {
      throw MalformedError(message: "neither an image's manifest nor an index")
    }
  }
}

/// The configuration of one image: what it runs on, when it was made, its labels.
public struct ImageConfiguration: Hashable, Sendable {
  /// What the image runs on.
  public let platform: ImageManifest.Platform
  /// When it was made (RFC 3339), as the image says; `nil` where it does not.
  public let created: String?
  /// The image's labels.
  public let labels: [String: String]

  /// Reads a configuration; missing parts are empty.
  public init(parsing bytes: [UInt8]) throws(ImageManifest.MalformedError) {
    let document: JSONValue
    do throws(JSONValue.ParseError) {
      document = try JSONValue(parsing: bytes)
    } catch {
      throw ImageManifest.MalformedError(message: error.message)
    }
    platform = ImageManifest.Platform(
      system: document["os"]?.stringValue ?? "",
      architecture: document["architecture"]?.stringValue ?? "",
      variant: document["variant"]?.stringValue ?? "")
    created = document["created"]?.stringValue
    var labels: [String: String] = [:]
    for label in document["config"]?["Labels"]?.members ?? [] {
      labels[label.name] = label.value.stringValue
    }
    self.labels = labels
  }
}
