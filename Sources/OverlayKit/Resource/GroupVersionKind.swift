/// What kind of object something is, as `apiVersion` and `kind` say.
struct GroupVersionKind: Hashable, Sendable, CustomStringConvertible {
  var group: String
  var version: String
  var kind: String

  init(group: String = "", version: String = "", kind: String = "") {
    self.group = group
    self.version = version
    self.kind = kind
  }

  /// Splits an `apiVersion`; text without a slash is a version of the core group.
  init(apiVersion: String, kind: String) {
    if let slash = apiVersion.firstIndex(of: "/") {
      group = String(apiVersion[..<slash])
      version = String(apiVersion[apiVersion.index(after: slash)...])
    } else {
      group = ""
      version = apiVersion
    }
    self.kind = kind
  }

  var apiVersion: String { group.isEmpty ? version : group + "/" + version }

  /// `Kind.version.group`, absent parts named.
  var description: String {
    let parts = [
      kind.isEmpty ? "[noKind]" : kind, version.isEmpty ? "[noVer]" : version,
      group.isEmpty ? "[noGrp]" : group,
    ]
    return parts.joined(separator: ".")
  }

  /// Whether the kind passes a filter: each part the filter names must be equal.
  func isSelected(by filter: GroupVersionKind) -> Bool {
    (filter.group.isEmpty || filter.group == group)
      && (filter.version.isEmpty || filter.version == version)
      && (filter.kind.isEmpty || filter.kind == kind)
  }

  /// Whether objects of the kind live outside namespaces. Kinds that Kubernetes does not define
  /// count as namespaced.
  var isClusterScoped: Bool { Self.clusterScoped[kind]?.contains(group) ?? false }

  /// The groups in which a kind lives outside namespaces.
  private static let clusterScoped: [String: Set<String>] = [
    "APIService": ["apiregistration.k8s.io"],
    "CSIDriver": ["storage.k8s.io"],
    "CSINode": ["storage.k8s.io"],
    "CertificateSigningRequest": ["certificates.k8s.io"],
    "ClusterRole": ["rbac.authorization.k8s.io"],
    "ClusterRoleBinding": ["rbac.authorization.k8s.io"],
    "ComponentStatus": [""],
    "CustomResourceDefinition": ["apiextensions.k8s.io"],
    "FlowSchema": ["flowcontrol.apiserver.k8s.io"],
    "IngressClass": ["networking.k8s.io"],
    "MutatingWebhookConfiguration": ["admissionregistration.k8s.io"],
    "Namespace": [""],
    "Node": [""],
    "PersistentVolume": [""],
    "PodSecurityPolicy": ["policy", "extensions"],
    "PriorityClass": ["scheduling.k8s.io"],
    "PriorityLevelConfiguration": ["flowcontrol.apiserver.k8s.io"],
    "RuntimeClass": ["node.k8s.io"],
    "SelfSubjectAccessReview": ["authorization.k8s.io"],
    "SelfSubjectRulesReview": ["authorization.k8s.io"],
    "StorageClass": ["storage.k8s.io"],
    "StorageVersion": ["internal.apiserver.k8s.io"],
    "SubjectAccessReview": ["authorization.k8s.io"],
    "TokenReview": ["authentication.k8s.io"],
    "ValidatingWebhookConfiguration": ["admissionregistration.k8s.io"],
    "VolumeAttachment": ["storage.k8s.io"],
  ]
}
