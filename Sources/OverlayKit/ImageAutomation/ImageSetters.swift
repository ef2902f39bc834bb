internal import ManifestKit
public import SourceText

/// Writes the images that policies chose into the fields that carry a marker such as
/// `# {"$imagepolicy": "flux-system:app:tag"}`, as Flux's image automation does, and touches
/// nothing else in the file.
///
/// A marker is the comment behind a value, or the comment line above a list item. It must be one
/// JSON object of strings and nothing more. `namespace:name` stands for the whole reference,
/// with `:tag`, `:name` or `:digest` behind it for that part. Markers of policies that are not
/// given are left alone.
public struct ImageSetters: Sendable {
  /// The image that a policy chose.
  public struct Choice: Hashable, Sendable {
    /// The image's name, as the ImageRepository writes it.
    public var name: String
    /// The chosen tag.
    public var tag: String
    /// The digest, where the policy reflects it; otherwise empty.
    public var digest: String

    /// Creates a choice.
    public init(name: String, tag: String, digest: String = "") {
      self.name = name
      self.tag = tag
      self.digest = digest
    }

    /// The reference that a workload names: `name:tag` or `name:tag@digest`.
    public var reference: String {
      name + ":" + tag + (digest.isEmpty ? "" : "@" + digest)
    }
  }

  /// The object that a field belongs to.
  public struct Object: Hashable, Sendable {
    /// Group and version.
    public let apiVersion: String
    /// The kind; an object has one, other YAML has not.
    public let kind: String
    /// The name.
    public let name: String
    /// The namespace; empty where the manifest names none.
    public let namespace: String

    init?(_ root: YAMLNode) {
      guard let kind = root["kind"]?.text, !kind.isEmpty else { return nil }
      self.kind = kind
      apiVersion = root["apiVersion"]?.text ?? ""
      name = root["metadata"]?["name"]?.text ?? ""
      namespace = root["metadata"]?["namespace"]?.text ?? ""
    }
  }

  /// One field that was given another value.
  public struct Change: Hashable, Sendable {
    /// The marker's policy and part.
    public let setter: String
    /// The field's value before.
    public let oldValue: String
    /// The field's value now.
    public let newValue: String
    /// The object that the field belongs to; `nil` for YAML that is no object.
    public let object: Object?
    /// Where the field is, in the file as it was.
    public let span: SourceSpan
  }

  /// What became of one file.
  public struct Update: Sendable {
    /// The file's new contents; equal to the old ones if nothing changed.
    public let bytes: [UInt8]
    /// The changes in document order.
    public let changes: [Change]
    /// The setters of all markers found, changed or not, with the place of their value.
    public let markers: [(setter: String, span: SourceSpan)]
  }

  private let values: [String: String]

  /// Creates setters from choices by policy, `namespace:name`.
  public init(_ choices: [String: Choice]) {
    var values: [String: String] = [:]
    for (policy, choice) in choices {
      values[policy] = choice.reference
      values[policy + ":tag"] = choice.tag
      values[policy + ":name"] = choice.name
      values[policy + ":digest"] = choice.digest
    }
    self.values = values
  }

  /// Whether Flux looks for markers in a file of this name.
  public static func considers(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
      || FilePath.name(of: path) == "Kustomization"
  }

  /// Updates the marked fields of a file. O(n).
  ///
  /// A file without the bytes `"$imagepolicy"` is not even parsed.
  /// - Throws: What is wrong with a file that has markers and is not YAML.
  public func update(
    _ source: SourceFile, file: SourceFile.ID
  ) throws(DiagnosticError) -> Update {
    guard Self.mentionsPolicies(source.bytes) else {
      return Update(bytes: source.bytes, changes: [], markers: [])
    }
    let stream = try YAMLStream(parsing: source, file: file)
    var edits: [TextEdit] = []
    var changes: [Change] = []
    var markers: [(setter: String, span: SourceSpan)] = []
    for document in stream.documents where document.root.kind == .mapping {
      var finder = MarkerFinder(source.bytes)
      finder.find(in: document.root)
      let object = Object(document.root)
      for (node, setter) in finder.found {
        markers.append((setter, node.span))
        let old = node.text
        guard let new = values[setter], !old.isEmpty, old != new else { continue }
        edits += EditPlan.edits(setting: node, to: .string(new))
        changes.append(
          Change(setter: setter, oldValue: old, newValue: new, object: object, span: node.span))
      }
    }
    let bytes: [UInt8]
    do throws(TextEdit.Conflict) {
      bytes = try TextEdit.apply(edits, to: source.bytes)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          "edit-conflict", .error, "two markers want to change the same value",
          path: source.name))
    }
    return Update(bytes: bytes, changes: changes, markers: markers)
  }

  private static func mentionsPolicies(_ bytes: [UInt8]) -> Bool {
    let wanted = Array("\"$imagepolicy\"".utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index + wanted.count <= buffer.count {
        if buffer[index] == wanted[0],
          wanted.indices.allSatisfy({ buffer[index + $0] == wanted[$0] })
        {
          return true
        }
        index += 1
      }
      return false
    }
  }
}
