internal import ManifestKit
internal import SourceText

/// A Flux Kustomization: which folder of the repository is applied, and how it is changed first.
struct FluxKustomization {
  /// What tells one from another in a cluster.
  struct Name: Hashable, Comparable, CustomStringConvertible {
    var namespace: String
    var name: String

    var description: String { namespace + "/" + name }

    static func < (left: Name, right: Name) -> Bool {
      (left.namespace, left.name) < (right.namespace, right.name)
    }
  }

  /// An object whose data are variables.
  struct VariableSource {
    var kind: String
    var name: String
    var isOptional: Bool
  }

  let name: Name
  /// The folder, relative to the repository.
  let path: String
  let dependencies: [Name]
  let commonLabels: [(String, String)]
  let commonAnnotations: [(String, String)]
  let substitute: [String: String]
  let substituteFrom: [VariableSource]
  let isAlwaysSubstituted: Bool
  let isSuspended: Bool
  /// The fields that change the kustomization file, as such a file.
  let changes: JSONValue
  /// Where the object stands.
  let span: SourceSpan?

  static let group = "kustomize.toolkit.fluxcd.io"

  /// Reads an object of a build; `nil` for anything else.
  init?(_ resource: Resource, in workspace: Workspace) {
    let id = resource.currentID
    guard id.kind.kind == "Kustomization", id.kind.group == Self.group else { return nil }
    let spec = workspace.tree.json(of: resource.root)["spec"] ?? .object([])
    let own = Name(namespace: id.namespace.isEmpty ? "default" : id.namespace, name: id.name)
    name = own
    span = resource.span
    path = spec["path"]?.stringValue ?? "."
    isSuspended = spec["suspend"]?.boolValue ?? false
    dependencies = (spec["dependsOn"]?.elements ?? []).map { entry in
      Name(
        namespace: entry["namespace"]?.stringValue ?? own.namespace,
        name: entry["name"]?.stringValue ?? "")
    }
    func pairs(_ value: JSONValue?) -> [(String, String)] {
      (value?.members ?? []).map { ($0.name, Self.text(of: $0.value)) }
    }
    commonLabels = pairs(spec["commonMetadata"]?["labels"])
    commonAnnotations = pairs(spec["commonMetadata"]?["annotations"])
    let postBuild = spec["postBuild"]
    substitute = Dictionary(pairs(postBuild?["substitute"])) { $1 }
    substituteFrom = (postBuild?["substituteFrom"]?.elements ?? []).map { entry in
      VariableSource(
        kind: entry["kind"]?.stringValue ?? "", name: entry["name"]?.stringValue ?? "",
        isOptional: entry["optional"]?.boolValue ?? false)
    }
    isAlwaysSubstituted = postBuild?["substituteStrategy"]?.stringValue == "Always"
    var fields: [(String, JSONValue)] = []
    for (field, own) in [
      ("targetNamespace", "namespace"), ("namePrefix", "namePrefix"), ("nameSuffix", "nameSuffix"),
      ("patches", "patches"), ("images", "images"), ("components", "components"),
      ("buildMetadata", "buildMetadata"),
    ] {
      if let value = spec[field], !value.isNull { fields.append((own, value)) }
    }
    changes = .object(fields)
  }

  /// A scalar as the text it stands for.
  private static func text(of value: JSONValue) -> String {
    value.stringValue ?? value.text()
  }
}

extension Kustomization {
  /// Makes the changes that a Flux Kustomization asks for: names and namespace replace, patches and
  /// components come last, images replace those of the same name.
  mutating func apply(_ flux: Kustomization) {
    if !flux.namespace.isEmpty { namespace = flux.namespace }
    if !flux.namePrefix.isEmpty { namePrefix = flux.namePrefix }
    if !flux.nameSuffix.isEmpty { nameSuffix = flux.nameSuffix }
    patches += flux.patches
    components += flux.components
    for image in flux.images {
      if let index = images.firstIndex(where: { $0.name == image.name }) {
        if !image.newName.isEmpty { images[index].newName = image.newName }
        // A tag and a digest take each other's place.
        if !image.newTag.isEmpty {
          (images[index].newTag, images[index].digest) = (image.newTag, "")
        }
        if !image.digest.isEmpty {
          (images[index].newTag, images[index].digest) = ("", image.digest)
        }
      } else {
        images.append(image)
      }
    }
    if !flux.buildMetadata.isEmpty { buildMetadata = flux.buildMetadata }
  }
}
