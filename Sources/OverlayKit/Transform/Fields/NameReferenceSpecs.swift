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

  /// The references that hold without any configuration.
  static let builtIn: [NameReference] = {
    var references: [NameReference] = [
      NameReference(
        GroupVersionKind(kind: "Deployment"),
        [FieldSpec("spec/scaleTargetRef/name", kind: "HorizontalPodAutoscaler")]),
      NameReference(
        GroupVersionKind(kind: "ReplicationController"),
        [FieldSpec("spec/scaleTargetRef/name", kind: "HorizontalPodAutoscaler")]),
      NameReference(
        GroupVersionKind(kind: "ReplicaSet"),
        [FieldSpec("spec/scaleTargetRef/name", kind: "HorizontalPodAutoscaler")]),
      NameReference(
        GroupVersionKind(kind: "StatefulSet"),
        [FieldSpec("spec/scaleTargetRef/name", kind: "HorizontalPodAutoscaler")]),
      NameReference(GroupVersionKind(version: "v1", kind: "ConfigMap"), configMap),
      NameReference(GroupVersionKind(version: "v1", kind: "Secret"), secret),
      NameReference(GroupVersionKind(version: "v1", kind: "Service"), service),
      NameReference(
        GroupVersionKind(group: "rbac.authorization.k8s.io", kind: "Role"),
        [FieldSpec("roleRef/name", kind: "RoleBinding", group: "rbac.authorization.k8s.io")]),
      NameReference(
        GroupVersionKind(group: "rbac.authorization.k8s.io", kind: "ClusterRole"),
        ["RoleBinding", "ClusterRoleBinding"].map {
          FieldSpec("roleRef/name", kind: $0, group: "rbac.authorization.k8s.io")
        }),
      NameReference(GroupVersionKind(version: "v1", kind: "ServiceAccount"), serviceAccount),
      NameReference(
        GroupVersionKind(version: "v1", kind: "PersistentVolumeClaim"),
        inPods("volumes/persistentVolumeClaim/claimName")),
      NameReference(
        GroupVersionKind(version: "v1", kind: "PersistentVolume"),
        [
          FieldSpec("spec/volumeName", kind: "PersistentVolumeClaim"),
          FieldSpec("rules/resourceNames", kind: "ClusterRole"),
        ]),
      NameReference(
        GroupVersionKind(group: "storage.k8s.io", version: "v1", kind: "StorageClass"),
        [
          FieldSpec("spec/storageClassName", kind: "PersistentVolume", version: "v1"),
          FieldSpec("spec/storageClassName", kind: "PersistentVolumeClaim", version: "v1"),
          FieldSpec("spec/volumeClaimTemplates/spec/storageClassName", kind: "StatefulSet"),
        ]),
      NameReference(
        GroupVersionKind(group: "scheduling.k8s.io", version: "v1", kind: "PriorityClass"),
        inPods("priorityClassName")),
      NameReference(
        GroupVersionKind(group: "networking.k8s.io", version: "v1", kind: "IngressClass"),
        [FieldSpec("spec/ingressClassName", kind: "Ingress")]),
    ]
    for kind in ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"] {
      references[6].fields.append(
        FieldSpec("webhooks/clientConfig/service", kind: kind, group: "admissionregistration.k8s.io"))
    }
    return references
  }()

  /// A field of the pod spec in every kind that has one.
  private static func inPods(_ field: String) -> [FieldSpec] {
    [FieldSpec("spec/" + field, kind: "Pod", version: "v1")]
      + ["StatefulSet", "Deployment", "ReplicationController", "CronJob", "Job", "DaemonSet", "ReplicaSet"]
      .map { kind in
        let base = kind == "CronJob" ? "spec/jobTemplate/spec/template/spec/" : "spec/template/spec/"
        return FieldSpec(base + field, kind: kind)
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
    ].flatMap(inPods) + roles + [FieldSpec("spec/configSource/configMap", kind: "Node")]

  private static let secret: [FieldSpec] =
    [
      "volumes/secret/secretName", "containers/env/valueFrom/secretKeyRef/name",
      "initContainers/env/valueFrom/secretKeyRef/name",
      "containers/envFrom/secretRef/name", "initContainers/envFrom/secretRef/name",
      "imagePullSecrets/name", "volumes/projected/sources/secret/name",
    ].flatMap(inPods) + [
      FieldSpec("secrets/name", kind: "ServiceAccount", version: "v1"),
      FieldSpec("imagePullSecrets/name", kind: "ServiceAccount", version: "v1"),
      FieldSpec("parameters/secretName", kind: "StorageClass", group: "storage.k8s.io"),
      FieldSpec("parameters/adminSecretName", kind: "StorageClass", group: "storage.k8s.io"),
      FieldSpec("parameters/userSecretName", kind: "StorageClass", group: "storage.k8s.io"),
      FieldSpec("parameters/secretRef", kind: "StorageClass", group: "storage.k8s.io"),
      FieldSpec("spec/tls/secretName", kind: "Ingress"),
      FieldSpec("metadata/annotations/ingress.kubernetes.io\\/auth-secret", kind: "Ingress"),
      FieldSpec("metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret", kind: "Ingress"),
      FieldSpec("metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret", kind: "Ingress"),
    ] + roles
    + [
      "azureFile/secretName", "cephfs/secretRef/name", "rbd/secretRef/name",
      "scaleIO/secretRef/name", "storageos/secretRef/name", "csi/controllerPublishSecretRef/name",
      "csi/nodeStageSecretRef/name", "csi/nodePublishSecretRef/name",
    ].map { FieldSpec("spec/" + $0, kind: "PersistentVolume") }

  private static let service: [FieldSpec] = [
    FieldSpec("spec/serviceName", kind: "StatefulSet", group: "apps"),
    FieldSpec("spec/rules/http/paths/backend/serviceName", kind: "Ingress"),
    FieldSpec("spec/backend/serviceName", kind: "Ingress"),
    FieldSpec("spec/rules/http/paths/backend/service/name", kind: "Ingress"),
    FieldSpec("spec/defaultBackend/service/name", kind: "Ingress"),
    FieldSpec("spec/service/name", kind: "APIService", group: "apiregistration.k8s.io"),
  ]

  private static let serviceAccount: [FieldSpec] =
    [
      FieldSpec("subjects", kind: "RoleBinding", group: "rbac.authorization.k8s.io"),
      FieldSpec("subjects", kind: "ClusterRoleBinding", group: "rbac.authorization.k8s.io"),
    ] + inPods("serviceAccountName")
}
