/// When API versions of Kubernetes' own kinds were deprecated and removed, and what took their place.
///
/// Facts from Kubernetes' deprecation guide up to 1.32; what came later is told by the built-in
/// schemas, which no longer know a kind that an earlier version knew.
struct APIVersionHistory: Sendable {
  /// What became of one API version of a kind.
  struct Entry: Hashable, Sendable {
    /// The minor version that deprecated it, where that is known.
    var deprecated: Int?
    /// The first minor version that no longer serves it.
    var removed: Int?
    /// The latest version whose schemas have it, where those of the version asked about have not.
    var lastServed: Int?
    /// The API version to use instead, or other advice where no version took its place.
    var replacement: String
  }

  /// What is known of an API version of a kind that a Kubernetes version deprecates or no longer
  /// serves; `nil` where it is fine, or none of Kubernetes' own.
  static func entry(
    of kind: GroupVersionKind, in version: SchemaTable.KubernetesVersion
  ) -> Entry? {
    let known = facts[kind]
    if let known, (known.deprecated ?? known.removed ?? Int.max) <= version.minor { return known }
    guard known == nil, SchemaTable.kubernetes(version).type(of: kind) == nil else { return nil }
    return entryFromSchemas(kind, version)
  }

  /// A kind that the schemas of an earlier version have and those of this one have not.
  private static func entryFromSchemas(
    _ kind: GroupVersionKind, _ version: SchemaTable.KubernetesVersion
  ) -> Entry? {
    let earlier = SchemaTable.KubernetesVersion.allCases.filter { $0.minor < version.minor }
    guard let last = earlier.last(where: { SchemaTable.kubernetes($0).type(of: kind) != nil })
    else { return nil }
    let served = SchemaTable.kubernetes(version).allKinds
      .filter { $0.group == kind.group && $0.kind == kind.kind }.map(\.apiVersion)
    return Entry(lastServed: last.minor, replacement: served.first ?? "nothing took its place")
  }

  private static let facts: [GroupVersionKind: Entry] = Dictionary(
    rows.flatMap { row in
      row.kinds.split(separator: " ").map { kind in
        (
          GroupVersionKind(apiVersion: row.apiVersion, kind: String(kind)),
          Entry(deprecated: row.deprecated, removed: row.removed, replacement: row.replacement)
        )
      }
    }
  ) { first, _ in first }

  private typealias Row = (
    apiVersion: String, kinds: String, deprecated: Int?, removed: Int?, replacement: String
  )

  private static let rows: [Row] = [
    ("extensions/v1beta1", "DaemonSet Deployment ReplicaSet", 8, 16, "apps/v1"),
    ("extensions/v1beta1", "NetworkPolicy", 9, 16, "networking.k8s.io/v1"),
    ("extensions/v1beta1", "PodSecurityPolicy", 10, 16, "Pod Security Admission"),
    ("extensions/v1beta1", "Ingress", 14, 22, "networking.k8s.io/v1"),
    ("apps/v1beta1", "Deployment StatefulSet ControllerRevision", 8, 16, "apps/v1"),
    (
      "apps/v1beta2", "DaemonSet Deployment ReplicaSet StatefulSet ControllerRevision", 9, 16,
      "apps/v1"
    ),
    (
      "admissionregistration.k8s.io/v1beta1",
      "MutatingWebhookConfiguration ValidatingWebhookConfiguration", 16, 22,
      "admissionregistration.k8s.io/v1"
    ),
    (
      "apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", 16, 22, "apiextensions.k8s.io/v1"
    ),
    ("apiregistration.k8s.io/v1beta1", "APIService", 19, 22, "apiregistration.k8s.io/v1"),
    ("authentication.k8s.io/v1beta1", "TokenReview", 19, 22, "authentication.k8s.io/v1"),
    (
      "authorization.k8s.io/v1beta1",
      "LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview", 19, 22,
      "authorization.k8s.io/v1"
    ),
    (
      "certificates.k8s.io/v1beta1", "CertificateSigningRequest", 19, 22, "certificates.k8s.io/v1"
    ),
    ("coordination.k8s.io/v1beta1", "Lease", 19, 22, "coordination.k8s.io/v1"),
    ("networking.k8s.io/v1beta1", "Ingress IngressClass", 19, 22, "networking.k8s.io/v1"),
    (
      "rbac.authorization.k8s.io/v1alpha1", "ClusterRole ClusterRoleBinding Role RoleBinding", 17,
      22, "rbac.authorization.k8s.io/v1"
    ),
    (
      "rbac.authorization.k8s.io/v1beta1", "ClusterRole ClusterRoleBinding Role RoleBinding", 17,
      22, "rbac.authorization.k8s.io/v1"
    ),
    ("scheduling.k8s.io/v1beta1", "PriorityClass", 14, 22, "scheduling.k8s.io/v1"),
    (
      "storage.k8s.io/v1beta1", "CSIDriver CSINode StorageClass VolumeAttachment", 19, 22,
      "storage.k8s.io/v1"
    ),
    ("batch/v1beta1", "CronJob", 21, 25, "batch/v1"),
    ("discovery.k8s.io/v1beta1", "EndpointSlice", 21, 25, "discovery.k8s.io/v1"),
    ("events.k8s.io/v1beta1", "Event", 19, 25, "events.k8s.io/v1"),
    ("autoscaling/v2beta1", "HorizontalPodAutoscaler", 22, 25, "autoscaling/v2"),
    ("policy/v1beta1", "PodDisruptionBudget", 21, 25, "policy/v1"),
    ("policy/v1beta1", "PodSecurityPolicy", 21, 25, "Pod Security Admission"),
    ("node.k8s.io/v1beta1", "RuntimeClass", 22, 25, "node.k8s.io/v1"),
    ("autoscaling/v2beta2", "HorizontalPodAutoscaler", 23, 26, "autoscaling/v2"),
    (
      "flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema PriorityLevelConfiguration", 23, 26,
      "flowcontrol.apiserver.k8s.io/v1"
    ),
    ("storage.k8s.io/v1beta1", "CSIStorageCapacity", 24, 27, "storage.k8s.io/v1"),
    (
      "flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema PriorityLevelConfiguration", 26, 29,
      "flowcontrol.apiserver.k8s.io/v1"
    ),
    (
      "flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema PriorityLevelConfiguration", 29, 32,
      "flowcontrol.apiserver.k8s.io/v1"
    ),
    ("v1", "ComponentStatus", 19, nil, "the health endpoints of each component"),
    ("v1", "Endpoints", 33, nil, "EndpointSlice of discovery.k8s.io/v1"),
  ]
}
