internal import ManifestKit

/// Which kinds live outside namespaces, as Kustomize sees it, and what that means for names.
///
/// That is what Kubernetes 1.21 says, version by version, and then what the document of `openapi`
/// says. Kinds and versions that neither has count as namespaced, and so do reviews, which are
/// created and never stored. What the newest Kubernetes says is `isClusterScoped`.
struct KindScopes: Sendable {
  fileprivate typealias GroupVersion = (group: String, version: String)

  /// The kinds that only the document of `openapi` knows, where they live outside namespaces.
  var customKinds: Set<GroupVersionKind> = []

  func isOutsideNamespaces(_ kind: GroupVersionKind) -> Bool {
    if let known = Self.builtIn[kind.kind], known.versions.contains(where: kind.isOf) {
      return !known.isNamespaced
    }
    return !customKinds.isEmpty && customKinds.contains(kind)
  }

  /// Whether Kubernetes 1.21 has the kind.
  static func isBuiltIn(_ kind: GroupVersionKind) -> Bool {
    builtIn[kind.kind]?.versions.contains(where: kind.isOf) ?? false
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
    ExactText(left.name) == ExactText(right.name) && left.kind == right.kind
      && areTogether(left, right)
  }

  /// The identity under which objects of a cluster cannot be two.
  func key(of id: ResourceID) -> ResourceID {
    ResourceID(kind: id.kind, namespace: namespace(of: id), name: id.name)
  }

  /// The kinds of Kubernetes 1.21, and the versions that Kustomize knows of them.
  private static let builtIn: [String: (isNamespaced: Bool, versions: [GroupVersion])] = {
    var kinds: [String: (isNamespaced: Bool, versions: [GroupVersion])] = [:]
    func add(_ group: String, _ versions: [String], isNamespaced: Bool, _ names: String...) {
      for name in names {
        let known = kinds[name]?.versions ?? []
        kinds[name] = (isNamespaced, known + versions.map { (group: group, version: $0) })
      }
    }
    add(
      "", ["v1"], isNamespaced: true,
      "ConfigMap", "Endpoints", "Event", "LimitRange", "PersistentVolumeClaim", "Pod",
      "PodAttachOptions", "PodExecOptions", "PodPortForwardOptions", "PodProxyOptions",
      "PodTemplate", "ReplicationController", "ResourceQuota", "Secret", "Service",
      "ServiceAccount", "ServiceProxyOptions")
    add(
      "", ["v1"], isNamespaced: false,
      "ComponentStatus", "Namespace", "Node", "NodeProxyOptions", "PersistentVolume")
    add(
      "admissionregistration.k8s.io", ["v1", "v1beta1"], isNamespaced: false,
      "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration")
    add("apiextensions.k8s.io", ["v1", "v1beta1"], isNamespaced: false, "CustomResourceDefinition")
    add("apiregistration.k8s.io", ["v1", "v1beta1"], isNamespaced: false, "APIService")
    add(
      "apps", ["v1"], isNamespaced: true,
      "ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")
    add("autoscaling", ["v1", "v2beta1", "v2beta2"], isNamespaced: true, "HorizontalPodAutoscaler")
    add("autoscaling", ["v1"], isNamespaced: true, "Scale")
    add("batch", ["v1", "v1beta1"], isNamespaced: true, "CronJob")
    add("batch", ["v1"], isNamespaced: true, "Job")
    add("certificates.k8s.io", ["v1", "v1beta1"], isNamespaced: false, "CertificateSigningRequest")
    add("coordination.k8s.io", ["v1", "v1beta1"], isNamespaced: true, "Lease")
    add("discovery.k8s.io", ["v1", "v1beta1"], isNamespaced: true, "EndpointSlice")
    add("events.k8s.io", ["v1", "v1beta1"], isNamespaced: true, "Event")
    add("extensions", ["v1beta1"], isNamespaced: true, "Ingress")
    add(
      "flowcontrol.apiserver.k8s.io", ["v1beta1"], isNamespaced: false,
      "FlowSchema", "PriorityLevelConfiguration")
    add("networking.k8s.io", ["v1", "v1beta1"], isNamespaced: true, "Ingress")
    add("networking.k8s.io", ["v1"], isNamespaced: true, "NetworkPolicy")
    add("networking.k8s.io", ["v1", "v1beta1"], isNamespaced: false, "IngressClass")
    add("node.k8s.io", ["v1", "v1beta1"], isNamespaced: false, "RuntimeClass")
    add("policy", ["v1", "v1beta1"], isNamespaced: true, "PodDisruptionBudget")
    add("policy", ["v1beta1"], isNamespaced: false, "PodSecurityPolicy")
    add("rbac.authorization.k8s.io", ["v1", "v1beta1"], isNamespaced: true, "Role", "RoleBinding")
    add(
      "rbac.authorization.k8s.io", ["v1", "v1beta1"], isNamespaced: false,
      "ClusterRole", "ClusterRoleBinding")
    add("scheduling.k8s.io", ["v1", "v1beta1"], isNamespaced: false, "PriorityClass")
    add("storage.k8s.io", ["v1beta1"], isNamespaced: true, "CSIStorageCapacity")
    add(
      "storage.k8s.io", ["v1", "v1beta1"], isNamespaced: false,
      "CSIDriver", "CSINode", "StorageClass", "VolumeAttachment")
    return kinds
  }()
}

extension GroupVersionKind {
  fileprivate func isOf(_ groupVersion: KindScopes.GroupVersion) -> Bool {
    group == groupVersion.group && version == groupVersion.version
  }
}
