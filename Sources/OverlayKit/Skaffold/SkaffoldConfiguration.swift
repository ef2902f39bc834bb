internal import ManifestKit
public import SourceText

/// The part of a `skaffold.yaml` that says which images are built and how they are tagged, in any
/// version of the file from v1alpha1 to v4.
public struct SkaffoldConfiguration: Sendable {
  /// An image that Skaffold builds.
  public struct Artifact: Hashable, Sendable {
    /// The image's name, as the file writes it.
    public let image: String
    /// The folder it is built from, relative to the file.
    public let context: String
    /// How it is built.
    public let builder: Builder
    /// The images it is built on.
    public let requirements: [Requirement]
    /// Where the artifact is defined.
    public let span: SourceSpan
  }

  /// An image that another is built on.
  public struct Requirement: Hashable, Sendable {
    /// The image's name.
    public let image: String
    /// The build argument that names it.
    public let alias: String
  }

  /// How an image is built.
  public enum Builder: Hashable, Sendable {
    /// From a Dockerfile, relative to the context. The arguments are templates over the environment.
    case docker(file: String, arguments: [String: String])
    /// From the files that patterns match and other patterns do not.
    case files([String], ignoring: [String])
    /// In a way that only another program knows, such as `bazel` or `a dependency command`.
    case other(String)
  }

  /// How the images of one configuration are tagged.
  public indirect enum TagPolicy: Hashable, Sendable {
    /// By the state of the Git work tree.
    case gitCommit(variant: String, prefix: String, ignoreChanges: Bool)
    /// `latest`, since the digest is what counts.
    case sha256
    /// By the time; empty parts stand for Skaffold's defaults.
    case dateTime(format: String, timezone: String)
    /// By a template over the environment.
    case envTemplate(String)
    /// By a digest of the files an image is built from.
    case inputDigest
    /// By a template over other policies.
    case customTemplate(String, components: [Component])
  }

  /// A named policy of a custom template.
  public struct Component: Hashable, Sendable {
    /// The name in the template.
    public let name: String
    /// The policy.
    public let policy: TagPolicy

    /// Creates a component.
    public init(name: String, policy: TagPolicy) {
      self.name = name
      self.policy = policy
    }
  }

  /// One document of the file.
  public struct Build: Sendable {
    /// The images in order.
    public let artifacts: [Artifact]
    /// How they are tagged; by the Git work tree where the file does not say.
    public let tagPolicy: TagPolicy
  }

  /// The builds, one for each document.
  public let builds: [Build]

  /// What is used where a file has no `tagPolicy`.
  public static let standardPolicy = TagPolicy.gitCommit(
    variant: "Tags", prefix: "", ignoreChanges: false)

  /// Reads a file. Profiles are not applied; other parts of the file are passed over.
  ///
  /// - Throws: What is wrong with the file, or a tag policy that does not exist.
  public init(parsing source: SourceFile, file: SourceFile.ID) throws(DiagnosticError) {
    let stream = try YAMLStream(parsing: source, file: file)
    var builds: [Build] = []
    for document in stream.documents {
      guard let build = document.root["build"], build.kind == .mapping else { continue }
      var artifacts: [Artifact] = []
      for element in build["artifacts"]?.elements.map(\.resolved) ?? [] {
        guard let image = element["image"] ?? element["imageName"] else { continue }
        let context = element["context"] ?? element["workspace"]
        let requirements = (element["requires"]?.elements.map(\.resolved) ?? []).compactMap {
          (node) -> Requirement? in
          guard let image = node["image"]?.text else { return nil }
          return Requirement(image: image, alias: node["alias"]?.text ?? image)
        }
        artifacts.append(
          Artifact(
            image: image.text, context: context?.text ?? ".", builder: Builder(reading: element),
            requirements: requirements, span: element.span))
      }
      let policy = try build["tagPolicy"].map(TagPolicy.init(reading:))
      builds.append(Build(artifacts: artifacts, tagPolicy: policy ?? Self.standardPolicy))
    }
    self.builds = builds
  }
}

extension SkaffoldConfiguration.TagPolicy {
  /// Reads a policy: its name as the only key, or alone, as the first versions wrote it.
  fileprivate init(reading node: YAMLNode) throws(DiagnosticError) {
    try self.init(reading: node, isNested: false)
  }

  private init(reading node: YAMLNode, isNested: Bool) throws(DiagnosticError) {
    let settings: YAMLNode?
    let name: YAMLNode
    if node.kind == .mapping, let entry = node.entries.first(where: { $0.key.text != "name" }) {
      name = entry.key
      settings = entry.value.resolved
    } else {
      name = node
      settings = nil
    }
    func text(_ key: String) -> String { settings?[key]?.text ?? "" }
    switch name.text {
    case "gitCommit":
      let variant = text("variant")
      self = .gitCommit(
        variant: variant.isEmpty ? "Tags" : variant, prefix: text("prefix"),
        ignoreChanges: text("ignoreChanges") == "true")
    case "sha256": self = .sha256
    case "dateTime": self = .dateTime(format: text("format"), timezone: text("timezone"))
    case "envTemplate": self = .envTemplate(text("template"))
    case "inputDigest": self = .inputDigest
    case "customTemplate" where !isNested:
      var components: [SkaffoldConfiguration.Component] = []
      for element in settings?["components"]?.elements.map(\.resolved) ?? [] {
        let policy = try Self(reading: element, isNested: true)
        components.append(
          SkaffoldConfiguration.Component(name: element["name"]?.text ?? "", policy: policy))
      }
      self = .customTemplate(text("template"), components: components)
    default:
      let known = [
        "gitCommit", "sha256", "dateTime", "envTemplate", "inputDigest", "customTemplate",
      ]
      throw DiagnosticError(
        Diagnostic(
          "unknown-tag-policy", .error,
          isNested && name.text == "customTemplate"
            ? "a custom template cannot hold another" : "there is no tag policy '\(name.text)'",
          detail: Spelling.nearest(to: name.text, among: known).map { "Did you mean '\($0)'?" },
          span: name.span))
    }
  }
}
