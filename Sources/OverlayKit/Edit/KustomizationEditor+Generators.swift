internal import ManifestKit
public import SourceText

extension KustomizationEditor {
  /// A generated object, as an edit names it.
  public struct Generator: Sendable {
    /// What is generated.
    public enum Kind: String, Sendable {
      /// An entry of `configMapGenerator`.
      case configMap = "configMapGenerator"
      /// An entry of `secretGenerator`.
      case secret = "secretGenerator"

      var words: String { self == .configMap ? "ConfigMap" : "Secret" }
    }

    /// What is generated.
    public var kind: Kind
    /// The object's name.
    public var name: String
    /// Its namespace, if any.
    public var namespace = ""
    /// Entries, each `KEY=VALUE`.
    public var literals: [String] = []
    /// Files, each `PATH` or `KEY=PATH`; the path may be a pattern.
    public var files: [String] = []
    /// Files with an entry in each line.
    public var environments: [String] = []
    /// How it joins an object of the same name: `create`, `merge` or `replace`.
    public var behavior = ""
    /// The type of a Secret.
    public var type = ""
    /// Whether the name gets no hash.
    public var disablesNameSuffixHash = false

    /// Names an object.
    public init(_ kind: Kind, name: String) {
      self.kind = kind
      self.name = name
    }
  }

  private func index(of generator: Generator) -> Int? {
    func namespace(_ text: String?) -> String { text == nil || text == "default" ? "" : text ?? "" }
    return elements(generator.kind.rawValue).firstIndex {
      $0["name"]?.text == generator.name
        && namespace($0["namespace"]?.text) == namespace(generator.namespace)
    }
  }

  private func check(_ generator: Generator) throws(DiagnosticError) {
    guard !generator.name.isEmpty else {
      throw .edit("missing-argument", "the name of a \(generator.kind.words) is needed")
    }
    for literal in generator.literals
    where literal.firstIndex(of: "=") ?? literal.startIndex == literal.startIndex {
      throw .edit("malformed-literal", "'\(literal)' is not KEY=VALUE")
    }
    guard ["", "create", "merge", "replace"].contains(generator.behavior) else {
      throw .edit(
        "unknown-value", "'\(generator.behavior)' is no behaviour",
        detail: "There are create, merge and replace.")
    }
  }

  /// Adds a generator, or sources to the one of this name and namespace.
  public mutating func add(
    _ generator: Generator, in folder: String, _ fileSystem: any FileSystem = LocalFileSystem()
  ) throws(DiagnosticError) {
    try check(generator)
    let place = KustomizationFolder(path: folder, fileSystem: fileSystem)
    let files = try Self.files(generator.files, place)
    let sources = [
      ("literals", generator.literals), ("files", files), ("envs", generator.environments),
    ].filter { !$0.1.isEmpty }
    guard !sources.isEmpty else {
      throw .edit(
        "missing-argument", "a source is needed",
        detail: "'--from-literal', '--from-file' or '--from-env-file' gives one.")
    }
    guard let index = index(of: generator) else {
      return try append(entry(for: generator, sources), to: path(generator.kind.rawValue))
    }
    let steps = path(generator.kind.rawValue) + [.index(index)]
    for (field, values) in sources {
      for value in values {
        let listed = elements(generator.kind.rawValue)[index][field]?.resolved.elements.map(\.text)
        if listed?.contains(value) == true { continue }
        try append(.string(value), to: steps + [.key(field)])
      }
    }
    if !generator.behavior.isEmpty {
      try set(steps + [.key("behavior")], to: .string(generator.behavior))
    }
    if generator.disablesNameSuffixHash {
      try set(steps + [.key("options"), .key("disableNameSuffixHash")], to: .bool(true))
    }
  }

  private func entry(
    for generator: Generator, _ sources: [(String, [String])]
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [("name", .string(generator.name))]
    if !generator.namespace.isEmpty { members.append(("namespace", .string(generator.namespace))) }
    if !generator.behavior.isEmpty { members.append(("behavior", .string(generator.behavior))) }
    if generator.kind == .secret {
      members.append(("type", .string(generator.type.isEmpty ? "Opaque" : generator.type)))
    }
    for (field, values) in sources {
      members.append((field, .array(values.map { .string($0) })))
    }
    if generator.disablesNameSuffixHash {
      members.append(("options", .object([("disableNameSuffixHash", .bool(true))])))
    }
    return .object(members)
  }

  private static func files(
    _ sources: [String], _ place: KustomizationFolder
  ) throws(DiagnosticError) -> [String] {
    var files: [String] = []
    for source in sources {
      let path = source.split(separator: "=", maxSplits: 1).last.map(String.init) ?? source
      let found = place.paths(path)
      guard !found.isEmpty else { throw .edit("no-such-file", "nothing fits '\(path)'") }
      files += source.contains("=") ? [source] : found
    }
    return files
  }

  /// Changes literals of a generator, which must have their keys, and its namespace.
  public mutating func set(
    _ generator: Generator, newNamespace: String = ""
  ) throws(DiagnosticError) {
    try check(generator)
    guard let index = index(of: generator) else {
      let names = elements(generator.kind.rawValue).compactMap { $0["name"]?.text }
      throw .edit(
        "not-there", "there is no \(generator.kind.words) '\(generator.name)'",
        detail: Spelling.nearest(to: generator.name, among: names).map { "Did you mean '\($0)'?" })
    }
    guard !generator.literals.isEmpty || !newNamespace.isEmpty else {
      throw .edit(
        "missing-argument", "nothing is to be set",
        detail: "'--from-literal' changes an entry, '--new-namespace' the namespace.")
    }
    let steps = path(generator.kind.rawValue) + [.index(index)]
    for literal in generator.literals {
      let key = literal.prefix { $0 != "=" }
      let listed = elements(generator.kind.rawValue)[index]["literals"]?.resolved.elements.map(
        \.text)
      guard let position = listed?.firstIndex(where: { $0.hasPrefix(key + "=") }) else {
        throw .edit(
          "not-there", "'\(generator.name)' has no literal '\(key)'",
          detail: "'add' adds it.")
      }
      try set(steps + [.key("literals"), .index(position)], to: .string(literal))
    }
    if !newNamespace.isEmpty { try set(steps + [.key("namespace")], to: .string(newNamespace)) }
  }

  /// Removes generators by name; names that are not there are noted, and an error if none is.
  public mutating func remove(
    _ kind: Generator.Kind, _ names: [String], namespace: String = ""
  ) throws(DiagnosticError) {
    var found = false
    for name in names {
      var generator = Generator(kind, name: name)
      generator.namespace = namespace
      guard let index = index(of: generator) else {
        note("not-there", "there is no \(kind.words) '\(name)'")
        continue
      }
      found = true
      try deleteElements(
        of: path(kind.rawValue), where: elements(kind.rawValue).indices.map { $0 == index })
    }
    guard found else {
      throw .edit(
        "not-there", "there is no \(kind.words) '\(names.joined(separator: "', '"))'")
    }
  }
}
