internal import SourceText

/// What was built and how it is tagged: the document that `skaffold build --file-output` writes and
/// `skaffold deploy --build-artifacts` reads.
public struct BuildOutput: Hashable, Sendable {
  /// One image.
  public struct Build: Hashable, Sendable {
    /// The image's name as the configuration writes it.
    public let imageName: String
    /// The image with its tag, and its digest once it was pushed.
    public let tag: String

    /// Creates an entry.
    public init(imageName: String, tag: String) {
      self.imageName = imageName
      self.tag = tag
    }
  }

  /// The text is no build output.
  public struct MalformedError: Error, Hashable, Sendable {
    /// What is wrong.
    public let message: String
  }

  /// The images in order.
  public var builds: [Build]

  /// Creates a document.
  public init(_ builds: [Build]) { self.builds = builds }

  /// Reads a document; members it does not know are passed over.
  public init(parsing bytes: [UInt8]) throws(MalformedError) {
    let document: JSONValue
    do throws(JSONValue.ParseError) {
      document = try JSONValue(parsing: bytes)
    } catch {
      throw MalformedError(message: error.message)
    }
    guard let entries = document["builds"]?.elements else {
      throw MalformedError(message: "there is no list 'builds'")
    }
    builds = []
    for entry in entries {
      guard let name = entry["imageName"]?.stringValue, let tag = entry["tag"]?.stringValue else {
        throw MalformedError(message: "a build has no 'imageName' or no 'tag'")
      }
      builds.append(Build(imageName: name, tag: tag))
    }
  }

  /// The document on one line, as Skaffold writes it.
  public var text: String {
    let entries = builds.map { build in
      JSONValue.object([("imageName", .string(build.imageName)), ("tag", .string(build.tag))])
    }
    return JSONValue.object([("builds", .array(entries))]).text()
  }
}
