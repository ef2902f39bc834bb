/// Which fields the built-in transformers touch: Kustomize's own, those of the `configurations`
/// files, and those that CRDs declare.
struct TransformerConfiguration: Sendable {
  var namePrefix = [FieldSpec("metadata/name")]
  var nameSuffix = [FieldSpec("metadata/name")]
  var namespace = [
    FieldSpec("metadata/namespace", create: true),
    FieldSpec("metadata/name", kind: "Namespace", version: "v1", create: true),
    FieldSpec("subjects", kind: "RoleBinding", group: "rbac.authorization.k8s.io"),
    FieldSpec("subjects", kind: "ClusterRoleBinding", group: "rbac.authorization.k8s.io"),
    FieldSpec(
      "spec/service/namespace", kind: "APIService", group: "apiregistration.k8s.io", create: true),
    FieldSpec(
      "spec/conversion/webhook/clientConfig/service/namespace",
      kind: "CustomResourceDefinition", group: "apiextensions.k8s.io"),
  ]
  var commonLabels = LabelFieldSpecs.selectors
  var templateLabels = LabelFieldSpecs.templates
  var commonAnnotations = LabelFieldSpecs.annotations
  var nameReferences = NameReference.builtIn
  var variableReferences = VariableReferenceSpecs.builtIn
  var images: [FieldSpec] = [
    FieldSpec("spec/containers[]/image", create: true),
    FieldSpec("spec/initContainers[]/image", create: true),
    FieldSpec("spec/template/spec/containers[]/image", create: true),
    FieldSpec("spec/template/spec/initContainers[]/image", create: true),
    FieldSpec("spec/jobTemplate/spec/template/spec/containers[]/image", create: true),
    FieldSpec("spec/jobTemplate/spec/template/spec/initContainers[]/image", create: true),
  ]
  var replicas: [FieldSpec] = ["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"]
    .map { FieldSpec("spec/replicas", kind: $0, create: true) }

  /// A configuration without any field.
  static var empty: TransformerConfiguration {
    TransformerConfiguration(
      namePrefix: [], nameSuffix: [], namespace: [], commonLabels: [], templateLabels: [],
      commonAnnotations: [], nameReferences: [], variableReferences: [], images: [], replicas: [])
  }

  /// Adds what another configuration has and this one has not.
  mutating func merge(_ other: TransformerConfiguration) throws(FieldSpecConflict) {
    try namePrefix.merge(other.namePrefix)
    try nameSuffix.merge(other.nameSuffix)
    try namespace.merge(other.namespace)
    try commonLabels.merge(other.commonLabels)
    try templateLabels.merge(other.templateLabels)
    try commonAnnotations.merge(other.commonAnnotations)
    try variableReferences.merge(other.variableReferences)
    try images.merge(other.images)
    try replicas.merge(other.replicas)
    for reference in other.nameReferences {
      if let index = nameReferences.firstIndex(where: { $0.referral == reference.referral }) {
        try nameReferences[index].fields.merge(reference.fields)
      } else {
        nameReferences.append(reference)
      }
    }
  }
}
