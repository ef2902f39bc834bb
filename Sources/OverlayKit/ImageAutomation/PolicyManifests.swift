public import ImageTags
internal import ManifestKit
public import SourceText

/// The image policies of a folder of Flux manifests, with the repositories they refer to and the
/// automations that use them.
///
/// Reads `ImagePolicy`, `ImageRepository` and `ImageUpdateAutomation` objects of
/// `image.toolkit.fluxcd.io`; other objects are passed over.
///
///     var policies = PolicyManifests()
///     try policies.add(source, file: files.add(source))
///     let tag = try policies.policy("flux-system:api")?.policy.select(from: tags).latest
public struct PolicyManifests: Sendable {
  /// One ImagePolicy.
  public struct Policy: Sendable {
    /// `namespace:name`, as markers write it.
    public let id: String
    /// Which tag is the latest.
    public let policy: ImagePolicy
    /// `namespace:name` of the ImageRepository.
    public let repository: String
    /// Whether the digest of the chosen tag is written too.
    public let digestReflection: DigestReflection
    /// What the cluster chose last, where the manifest holds its status.
    public let latest: ImageSetters.Choice?
    /// The policy's labels, by which automations choose.
    public let labels: [String: String]
    /// Where the policy is defined.
    public let span: SourceSpan
  }

  /// When a policy takes the digest of its tag along.
  public enum DigestReflection: String, CaseIterable, Sendable {
    /// Never: the tag alone is written.
    case never = "Never"
    /// Once for each tag: the digest stays when the tag is pushed again.
    case ifNotPresent = "IfNotPresent"
    /// Always the tag's newest digest.
    case always = "Always"
  }

  /// The policies in the order they were read.
  public private(set) var policies: [Policy] = []
  /// The automations in the order they were read.
  public private(set) var automations: [UpdateAutomation] = []
  private var images: [String: String] = [:]
  private var exclusions: [String: [Pattern]] = [:]

  /// Creates an empty set.
  public init() {}

  /// The policy with this `namespace:name`.
  public func policy(_ id: String) -> Policy? { policies.first { $0.id == id } }

  /// The policy with this `namespace:name`, or the only one there is.
  ///
  /// - Throws: A diagnostic with the names to choose from.
  public func only(named id: String?, in path: String) throws(DiagnosticError) -> ImagePolicy {
    if let id {
      if let found = policy(id) { return found.policy }
      let suggestion = Spelling.nearest(to: id, among: policies.map(\.id))
      throw DiagnosticError(
        Diagnostic(
          "unknown-policy", .error, "there is no ImagePolicy '\(id)'",
          detail: suggestion.map { "Did you mean '\($0)'?" }, path: path))
    }
    guard policies.count == 1, let policy = policies.first else {
      let names = policies.map(\.id).joined(separator: ", ")
      throw DiagnosticError(
        Diagnostic(
          policies.isEmpty ? "no-policy" : "several-policies", .error,
          policies.isEmpty ? "there is no ImagePolicy" : "there are several ImagePolicy objects",
          detail: policies.isEmpty ? nil : "Name one of \(names).", path: path))
    }
    return policy.policy
  }

  /// The image whose tags a policy chooses from, as the ImageRepository writes it.
  public func image(of policy: Policy) -> String? { images[policy.repository] }

  /// The tags that a policy looks at: those that the repository does not exclude, in the order Flux
  /// keeps them.
  ///
  /// - Throws: The tags are too long, or too many, for a pattern of the repository.
  public func candidates(
    of policy: Policy, among tags: [String]
  ) throws(SelectionError) -> [String] {
    var tags = tags
    for pattern in exclusions[policy.repository] ?? Self.standardExclusions {
      do throws(Pattern.TooLargeError) {
        tags = zip(tags, try pattern.matches(inEach: tags)).filter { !$0.1 }.map(\.0)
      } catch {
        throw SelectionError(reason: .filterFailed(error))
      }
    }
    return ImagePolicy.registryOrder(tags)
  }

  /// Signatures, which are no images.
  private static let standardExclusions = [try? Pattern("^.*\\.sig$")].compactMap(\.self)

  /// Adds the objects of a manifest file.
  ///
  /// - Throws: What is wrong with the file or with a policy in it.
  public mutating func add(
    _ source: SourceFile, file: SourceFile.ID
  ) throws(DiagnosticError) {
    let stream = try YAMLStream(parsing: source, file: file)
    for document in stream.documents {
      let root = document.root
      guard root["apiVersion"]?.text.hasPrefix("image.toolkit.fluxcd.io/") == true else { continue }
      let namespace = root["metadata"]?["namespace"]?.text ?? "default"
      let id = namespace + ":" + (root["metadata"]?["name"]?.text ?? "")
      switch root["kind"]?.text {
      case "ImageRepository": try addRepository(id, root)
      case "ImagePolicy": try addPolicy(id, namespace, root)
      case "ImageUpdateAutomation":
        automations.append(try UpdateAutomation(reading: root, namespace: namespace))
      default: continue
      }
    }
  }

  private mutating func addRepository(_ id: String, _ root: YAMLNode) throws(DiagnosticError) {
    images[id] = root["spec"]?["image"]?.text
    guard let list = root["spec"]?["exclusionList"], list.kind == .sequence else { return }
    var patterns: [Pattern] = []
    for item in list.elements { patterns.append(try Self.pattern(item.resolved)) }
    exclusions[id] = patterns
  }

  private mutating func addPolicy(
    _ id: String, _ namespace: String, _ root: YAMLNode
  ) throws(DiagnosticError) {
    guard let spec = root["spec"], let rule = spec["policy"] else {
      throw DiagnosticError(
        Diagnostic(
          "missing-field", .error, "the ImagePolicy '\(id)' has no 'spec.policy'", span: root.span))
    }
    let reference = spec["imageRepositoryRef"]
    let repository =
      (reference?["namespace"]?.text ?? namespace) + ":" + (reference?["name"]?.text ?? "")
    var policy = ImagePolicy(try Self.rule(rule))
    if let filter = spec["filterTags"], let pattern = filter["pattern"], !pattern.text.isEmpty {
      policy.filter = TagFilter(
        try Self.pattern(pattern), extract: filter["extract"]?.text ?? "")
    }
    let labels = root["metadata"]?["labels"]?.entries.map { ($0.key.text, $0.value.resolved.text) }
    policies.append(
      Policy(
        id: id, policy: policy, repository: repository,
        digestReflection: try Self.digestReflection(spec), latest: Self.latest(root["status"]),
        labels: Dictionary(labels ?? []) { $1 }, span: root.span))
  }

  /// Flux wants `spec.interval` with Always, and only with it.
  private static func digestReflection(
    _ spec: YAMLNode
  ) throws(DiagnosticError) -> DigestReflection {
    let node = spec["digestReflectionPolicy"]
    let name = node?.text ?? DigestReflection.never.rawValue
    guard let reflection = DigestReflection(rawValue: name) else {
      let known = DigestReflection.allCases.map(\.rawValue)
      throw DiagnosticError(
        Diagnostic(
          "unknown-digest-reflection", .error, "there is no digestReflectionPolicy '\(name)'",
          detail: Spelling.nearest(to: name, among: known).map { "Did you mean '\($0)'?" }
            ?? "It is one of \(known.joined(separator: ", ")).", span: node?.span))
    }
    guard (reflection == .always) == (spec["interval"] != nil) else {
      throw DiagnosticError(
        Diagnostic(
          "bad-interval", .error,
          reflection == .always
            ? "digestReflectionPolicy Always needs 'spec.interval'"
            : "'spec.interval' goes with digestReflectionPolicy Always only",
          span: (spec["interval"] ?? node ?? spec).span))
    }
    return reflection
  }

  private static func latest(_ status: YAMLNode?) -> ImageSetters.Choice? {
    guard let reference = status?["latestRef"], let name = reference["name"]?.text,
      let tag = reference["tag"]?.text
    else { return nil }
    return ImageSetters.Choice(name: name, tag: tag, digest: reference["digest"]?.text ?? "")
  }

  private static func rule(_ node: YAMLNode) throws(DiagnosticError) -> ImagePolicy.Rule {
    if let range = node["semver"]?["range"] {
      do throws(VersionConstraint.ParseError) {
        return .semver(try VersionConstraint(range.text))
      } catch {
        throw DiagnosticError(
          Diagnostic("bad-range", .error, "\(error)", span: range.span))
      }
    }
    for (name, make) in [
      ("alphabetical", ImagePolicy.Rule.alphabetical), ("numerical", ImagePolicy.Rule.numerical),
    ] {
      guard let entry = node.entry(name) else { continue }
      let order = entry.value.resolved["order"]
      guard let value = ImagePolicy.Order(order?.text ?? "") else {
        throw DiagnosticError(
          Diagnostic(
            "unknown-order", .error, "the order must be asc or desc, not '\(order?.text ?? "")'",
            span: order?.span ?? entry.value.span))
      }
      return make(value)
    }
    throw DiagnosticError(
      Diagnostic(
        "missing-field", .error, "a policy needs one of semver, alphabetical and numerical",
        span: node.span))
  }

  private static func pattern(_ node: YAMLNode) throws(DiagnosticError) -> Pattern {
    do {
      return try Pattern(node.text)
    } catch {
      throw DiagnosticError(
        Diagnostic("bad-regular-expression", .error, "\(error)", span: node.span))
    }
  }
}
