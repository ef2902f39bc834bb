internal import ManifestKit

/// The fields that name another object, as Kustomize has them built in: when the object is renamed
/// they follow.
struct NameReference: Hashable, Sendable {
  /// What is referred to.
  var referral: GroupVersionKind
  /// The fields that refer to it.
  var fields: [FieldSpec]

  init(_ referral: GroupVersionKind, _ fields: [FieldSpec]) {
    self.referral = referral
    self.fields = fields
  }

  init(_ kind: String, group: String = "", version: String = "", _ fields: [FieldSpec]) {
    self.init(GroupVersionKind(group: group, version: version, kind: kind), fields)
  }

  /// References in the order their referrals have in the legacy order, in which they are updated.
  static func sorted(_ references: [NameReference]) -> [NameReference] {
    references.map { ($0, SortOrder.Key($0.referral)) }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  /// The references that hold without any configuration.
  static let builtIn: [NameReference] = {
    var references = scaled
    references += [
      NameReference("ConfigMap", version: "v1", configMap),
      NameReference("Secret", version: "v1", secret),
      NameReference("Service", version: "v1", service),
      NameReference(
        "Role", group: rbac, [FieldSpec("roleRef/name", kind: "RoleBinding", group: rbac)]),
      NameReference(
        "ClusterRole", group: rbac,
        bindings.map { FieldSpec("roleRef/name", kind: $0, group: rbac) }),
      NameReference(
        "ServiceAccount", version: "v1",
        bindings.map { FieldSpec("subjects", kind: $0, group: rbac) }
          + inWorkloads("serviceAccountName")),
      NameReference(
        "PersistentVolumeClaim", version: "v1",
        inWorkloads("volumes/persistentVolumeClaim/claimName")),
      NameReference(
        "PersistentVolume", version: "v1",
        [
          FieldSpec("spec/volumeName", kind: "PersistentVolumeClaim"),
          FieldSpec("rules/resourceNames", kind: "ClusterRole"),
        ]),
      NameReference(
        "StorageClass", group: "storage.k8s.io", version: "v1",
        [
          FieldSpec("spec/storageClassName", kind: "PersistentVolume"),
          FieldSpec("spec/storageClassName", kind: "PersistentVolumeClaim"),
          FieldSpec("spec/volumeClaimTemplates/spec/storageClassName", kind: "StatefulSet"),
        ]),
      NameReference(
        "PriorityClass", group: "scheduling.k8s.io", version: "v1",
        inWorkloads("priorityClassName")),
      NameReference(
        "ValidatingAdmissionPolicy", group: admission,
        [
          FieldSpec(
            "spec/policyName", kind: "ValidatingAdmissionPolicyBinding", group: admission)
        ]),
    ]
    return sorted(references)
  }()

  private static let rbac = "rbac.authorization.k8s.io"
  private static let admission = "admissionregistration.k8s.io"
  private static let bindings = ["RoleBinding", "ClusterRoleBinding"]

  private static let scaled: [NameReference] = [
    "Deployment", "ReplicationController", "ReplicaSet", "StatefulSet",
  ].map {
    NameReference($0, [FieldSpec("spec/scaleTargetRef/name", kind: "HorizontalPodAutoscaler")])
  }

  /// A field of the pod spec in the kinds that the references to accounts, claims and classes know.
  private static func inWorkloads(_ field: String) -> [FieldSpec] {
    [FieldSpec("spec/" + field, kind: "Pod")]
      + ["StatefulSet", "Deployment", "ReplicationController", "CronJob", "Job", "DaemonSet"].map {
        let base = $0 == "CronJob" ? "spec/jobTemplate/spec/template/spec/" : "spec/template/spec/"
        return FieldSpec(base + field, kind: $0)
      }
  }

  /// A field of the pod spec in the kinds that the references to configuration know.
  private static func inPods(_ field: String) -> [FieldSpec] {
    [
      FieldSpec("spec/" + field, kind: "Pod", version: "v1"),
      FieldSpec("template/spec/" + field, kind: "PodTemplate"),
      FieldSpec("spec/jobTemplate/spec/template/spec/" + field, kind: "CronJob"),
    ]
      + ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"].map {
        FieldSpec("spec/template/spec/" + field, kind: $0)
      }
  }

  private static let roles: [FieldSpec] = ["Role", "ClusterRole"].map {
    FieldSpec("rules/resourceNames", kind: $0)
  }

  private static let configMap: [FieldSpec] =
    [
      "volumes/configMap/name", "containers/env/valueFrom/configMapKeyRef/name",
      "initContainers/env/valueFrom/configMapKeyRef/name",
      "containers/envFrom/configMapRef/name", "initContainers/envFrom/configMapRef/name",
      "volumes/projected/sources/configMap/name",
    ].flatMap(inPods) + roles + [
      FieldSpec("spec/configSource/configMap", kind: "Node"),
      FieldSpec(
        "metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap",
        kind: "Ingress"),
    ]

  private static let secret: [FieldSpec] =
    [
      "volumes/secret/secretName", "containers/env/valueFrom/secretKeyRef/name",
      "initContainers/env/valueFrom/secretKeyRef/name",
      "containers/envFrom/secretRef/name", "initContainers/envFrom/secretRef/name",
      "imagePullSecrets/name", "volumes/projected/sources/secret/name",
    ].flatMap(inPods) + [
      FieldSpec("imagePullSecrets/name", kind: "ServiceAccount"),
      FieldSpec(
        "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", kind: "Service",
        group: "serving.knative.dev", version: "v1"),
      FieldSpec("spec/azureFile/secretName", kind: "PersistentVolume"),
      FieldSpec("spec/tls/secretName", kind: "Ingress"),
      FieldSpec("metadata/annotations/ingress.kubernetes.io\\/auth-secret", kind: "Ingress"),
      FieldSpec("metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret", kind: "Ingress"),
      FieldSpec(
        "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret", kind: "Ingress"),
    ]
    + ["secretName", "adminSecretName", "userSecretName", "secretRef"].map {
      FieldSpec("parameters/" + $0, kind: "StorageClass")
    } + roles

  private static let service: [FieldSpec] =
    [
      FieldSpec("spec/serviceName", kind: "StatefulSet", group: "apps"),
      FieldSpec("spec/rules/http/paths/backend/serviceName", kind: "Ingress"),
      FieldSpec("spec/backend/serviceName", kind: "Ingress"),
      FieldSpec("spec/rules/http/paths/backend/service/name", kind: "Ingress"),
      FieldSpec("spec/defaultBackend/service/name", kind: "Ingress"),
      FieldSpec("spec/service/name", kind: "APIService", group: "apiregistration.k8s.io"),
    ]
    + ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].map {
      FieldSpec("webhooks/clientConfig/service", kind: $0, group: admission)
    }
}
