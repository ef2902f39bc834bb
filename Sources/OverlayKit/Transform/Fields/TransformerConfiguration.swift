/// Which fields the built-in transformers touch: Kustomize's own, those of the `configurations`
/// files, and those that CRDs declare.
struct TransformerConfiguration: Sendable {
  var namePrefix: [FieldSpec]
  var nameSuffix: [FieldSpec]
  var namespace: [FieldSpec]
  var commonLabels: [FieldSpec]
  var labels: [FieldSpec]
  var templateLabels: [FieldSpec]
  var commonAnnotations: [FieldSpec]
  var nameReferences: [NameReference]
  var variableReferences: [FieldSpec]
  var images: [FieldSpec]
  var replicas: [FieldSpec]
  /// Whether this is ``builtIn`` and nothing else.
  private(set) var isBuiltIn = false

  /// What holds without any configuration.
  static let builtIn: TransformerConfiguration = {
    var configuration = TransformerConfiguration(
      namePrefix: [FieldSpec("metadata/name")], nameSuffix: [FieldSpec("metadata/name")],
      namespace: [
        FieldSpec("metadata/name", kind: "Namespace", create: true),
        FieldSpec(
          "spec/service/namespace", kind: "APIService", group: "apiregistration.k8s.io",
          create: true),
        FieldSpec(
          "spec/conversion/webhook/clientConfig/service/namespace",
          kind: "CustomResourceDefinition", group: "apiextensions.k8s.io"),
      ],
      commonLabels: LabelFieldSpecs.selectors, labels: [],
      templateLabels: LabelFieldSpecs.templates, commonAnnotations: LabelFieldSpecs.annotations,
      nameReferences: NameReference.builtIn, variableReferences: VariableReferenceSpecs.builtIn,
      images: ["spec/", "spec/template/spec/"].flatMap { pod in
        ["containers[]/image", "initContainers[]/image", "volumes[]/image/reference"].map {
          FieldSpec(pod + $0, create: true)
        }
      },
      replicas: ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"].map {
        FieldSpec("spec/replicas", kind: $0, create: true)
      })
    configuration.isBuiltIn = true
    return configuration
  }()

  /// A configuration without any field.
  static let empty = TransformerConfiguration(
    namePrefix: [], nameSuffix: [], namespace: [], commonLabels: [], labels: [], templateLabels: [],
    commonAnnotations: [], nameReferences: [], variableReferences: [], images: [], replicas: [])

  private var isEmpty: Bool {
    !isBuiltIn && nameReferences.isEmpty && namePrefix.isEmpty && nameSuffix.isEmpty
      && namespace.isEmpty && commonLabels.isEmpty && labels.isEmpty && templateLabels.isEmpty
      && commonAnnotations.isEmpty && variableReferences.isEmpty && images.isEmpty
      && replicas.isEmpty
  }

  private static var lists: [WritableKeyPath<TransformerConfiguration, [FieldSpec]>] {
    [
      \.namePrefix, \.nameSuffix, \.namespace, \.commonLabels, \.labels, \.templateLabels,
      \.commonAnnotations, \.variableReferences, \.images, \.replicas,
    ]
  }

  /// Adds what another configuration has and this one has not, and sorts by kind.
  ///
  /// The order has a use: a built-in field for every kind is not added after one for a certain
  /// kind, so that a configuration can narrow it down.
  mutating func merge(_ other: TransformerConfiguration) throws(FieldSpecConflict) {
    if other.isEmpty || isBuiltIn && other.isBuiltIn { return }
    if isEmpty, other.isBuiltIn {
      self = other
      return
    }
    isBuiltIn = false
    for list in Self.lists {
      try self[keyPath: list].merge(other[keyPath: list])
      self[keyPath: list] = self[keyPath: list].sortedByKind()
    }
    for reference in other.nameReferences {
      if let index = nameReferences.firstIndex(where: { $0.referral == reference.referral }) {
        try nameReferences[index].fields.merge(reference.fields)
      } else {
        nameReferences.append(reference)
      }
    }
    nameReferences = NameReference.sorted(nameReferences)
  }
}
