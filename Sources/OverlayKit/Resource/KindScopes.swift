internal import ManifestKit

/// Which kinds live outside namespaces, as Kustomize sees it, and what that means for names.
///
/// That is what Kubernetes 1.21 says, version by version, and then what the document of `openapi`
/// says. Kinds and versions that neither has count as namespaced, and so do reviews, which are
/// created and never stored. What the newest Kubernetes says is `isClusterScoped`.
struct KindScopes: Sendable {
  /// The kinds that only the document of `openapi` knows, where they live outside namespaces.
  var customKinds: Set<GroupVersionKind> = []

  func isOutsideNamespaces(_ kind: GroupVersionKind) -> Bool {
    if let (isNamespaced, versions) = Self.builtIn[kind.kind], versions.contains(kind.apiVersion) {
      return !isNamespaced
    }
    return !customKinds.isEmpty && customKinds.contains(kind)
  }

  /// Whether Kubernetes 1.21 has the kind.
  static func isBuiltIn(_ kind: GroupVersionKind) -> Bool {
    builtIn[kind.kind]?.versions.contains(kind.apiVersion) ?? false
  }

  /// The namespace as the cluster will see it: `default` for none, and one value for everything
  /// that lives outside namespaces.
  func namespace(of id: ResourceID) -> String {
    if isOutsideNamespaces(id.kind) { return "_non_namespaceable_" }
    return id.namespace.isEmpty ? "default" : id.namespace
  }

  /// Whether an object is in a namespace of this name.
  func isInNamespace(_ name: String, _ id: ResourceID) -> Bool {
    !isOutsideNamespaces(id.kind) && namespace(of: id) == name
  }

  /// Whether both are in the same namespace, or both outside.
  func areTogether(_ left: ResourceID, _ right: ResourceID) -> Bool {
    namespace(of: left) == namespace(of: right)
  }

  /// Whether both name the same object of a cluster.
  func areSame(_ left: ResourceID, _ right: ResourceID) -> Bool {
    left.name == right.name && left.kind == right.kind && areTogether(left, right)
  }

  /// The identity under which objects of a cluster cannot be two.
  func key(of id: ResourceID) -> ResourceID {
    ResourceID(kind: id.kind, namespace: namespace(of: id), name: id.name)
  }

  /// The kinds of Kubernetes 1.21, and the versions that Kustomize knows of them.
  private static let builtIn: [String: (isNamespaced: Bool, versions: [String])] = {
    func both(_ group: String) -> [String] { [group + "/v1", group + "/v1beta1"] }
    let webhooks = both("admissionregistration.k8s.io")
    let roles = both("rbac.authorization.k8s.io")
    let storage = both("storage.k8s.io")
    return [
      "APIService": (false, both("apiregistration.k8s.io")),
      "CSIDriver": (false, storage),
      "CSINode": (false, storage),
      "CSIStorageCapacity": (true, ["storage.k8s.io/v1beta1"]),
      "CertificateSigningRequest": (false, both("certificates.k8s.io")),
      "ClusterRole": (false, roles),
      "ClusterRoleBinding": (false, roles),
      "ComponentStatus": (false, ["v1"]),
      "ConfigMap": (true, ["v1"]),
      "ControllerRevision": (true, ["apps/v1"]),
      "CronJob": (true, both("batch")),
      "CustomResourceDefinition": (false, both("apiextensions.k8s.io")),
      "DaemonSet": (true, ["apps/v1"]),
      "Deployment": (true, ["apps/v1"]),
      "EndpointSlice": (true, both("discovery.k8s.io")),
      "Endpoints": (true, ["v1"]),
      "Event": (true, both("events.k8s.io") + ["v1"]),
      "FlowSchema": (false, ["flowcontrol.apiserver.k8s.io/v1beta1"]),
      "HorizontalPodAutoscaler": (
        true, ["autoscaling/v1", "autoscaling/v2beta1", "autoscaling/v2beta2"]
      ),
      "Ingress": (true, both("networking.k8s.io") + ["extensions/v1beta1"]),
      "IngressClass": (false, both("networking.k8s.io")),
      "Job": (true, ["batch/v1"]),
      "Lease": (true, both("coordination.k8s.io")),
      "LimitRange": (true, ["v1"]),
      "MutatingWebhookConfiguration": (false, webhooks),
      "Namespace": (false, ["v1"]),
      "NetworkPolicy": (true, ["networking.k8s.io/v1"]),
      "Node": (false, ["v1"]),
      "NodeProxyOptions": (false, ["v1"]),
      "PersistentVolume": (false, ["v1"]),
      "PersistentVolumeClaim": (true, ["v1"]),
      "Pod": (true, ["v1"]),
      "PodAttachOptions": (true, ["v1"]),
      "PodDisruptionBudget": (true, both("policy")),
      "PodExecOptions": (true, ["v1"]),
      "PodPortForwardOptions": (true, ["v1"]),
      "PodProxyOptions": (true, ["v1"]),
      "PodSecurityPolicy": (false, ["policy/v1beta1"]),
      "PodTemplate": (true, ["v1"]),
      "PriorityClass": (false, both("scheduling.k8s.io")),
      "PriorityLevelConfiguration": (false, ["flowcontrol.apiserver.k8s.io/v1beta1"]),
      "ReplicaSet": (true, ["apps/v1"]),
      "ReplicationController": (true, ["v1"]),
      "ResourceQuota": (true, ["v1"]),
      "Role": (true, roles),
      "RoleBinding": (true, roles),
      "RuntimeClass": (false, both("node.k8s.io")),
      "Scale": (true, ["autoscaling/v1"]),
      "Secret": (true, ["v1"]),
      "Service": (true, ["v1"]),
      "ServiceAccount": (true, ["v1"]),
      "ServiceProxyOptions": (true, ["v1"]),
      "StatefulSet": (true, ["apps/v1"]),
      "StorageClass": (false, storage),
      "ValidatingWebhookConfiguration": (false, webhooks),
      "VolumeAttachment": (false, storage),
    ]
  }()
}
