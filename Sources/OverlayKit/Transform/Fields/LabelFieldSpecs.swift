/// The fields that labels and annotations are written to, as Kustomize has them built in.
enum LabelFieldSpecs {
  /// Kinds with a pod template at `spec/template`, whatever their group.
  private static let workloads = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"]

  /// `commonAnnotations`.
  static let annotations: [FieldSpec] = {
    let field = "metadata/annotations"
    var specs = [FieldSpec(field, create: true)]
    specs.append(
      FieldSpec(
        "spec/template/" + field, kind: "ReplicationController", version: "v1", create: true))
    for kind in workloads {
      specs.append(FieldSpec("spec/template/" + field, kind: kind, create: true))
    }
    specs.append(
      FieldSpec("spec/jobTemplate/" + field, kind: "CronJob", group: "batch", create: true))
    specs.append(
      FieldSpec(
        "spec/jobTemplate/spec/template/" + field, kind: "CronJob", group: "batch", create: true))
    specs.append(FieldSpec("spec/template/" + field, kind: "Job", group: "batch", create: true))
    return specs
  }()

  /// `labels` with `includeTemplates`.
  static let templates: [FieldSpec] = {
    let field = "metadata/labels"
    var specs = [
      FieldSpec(field, create: true),
      FieldSpec(
        "spec/template/" + field, kind: "ReplicationController", version: "v1", create: true),
    ]
    for kind in workloads {
      let group = kind == "StatefulSet" ? "apps" : ""
      specs.append(FieldSpec("spec/template/" + field, kind: kind, group: group, create: true))
    }
    specs += [
      FieldSpec(
        "spec/volumeClaimTemplates[]/" + field, kind: "StatefulSet", group: "apps", create: true),
      FieldSpec("spec/jobTemplate/" + field, kind: "CronJob", group: "batch", create: true),
      FieldSpec(
        "spec/jobTemplate/spec/template/" + field, kind: "CronJob", group: "batch", create: true),
      FieldSpec("spec/template/" + field, kind: "Job", group: "batch", create: true),
    ]
    return specs
  }()

  /// `commonLabels`, and `labels` with `includeSelectors`: templates and selectors.
  static let selectors: [FieldSpec] = {
    let labels = "metadata/labels"
    let match = "labelSelector/matchLabels"
    var specs = [
      FieldSpec(labels, create: true),
      FieldSpec("spec/selector", kind: "Service", version: "v1", create: true),
      FieldSpec("spec/selector", kind: "ReplicationController", version: "v1", create: true),
      FieldSpec(
        "spec/template/" + labels, kind: "ReplicationController", version: "v1", create: true),
    ]
    for kind in workloads {
      let group = kind == "StatefulSet" ? "apps" : ""
      specs.append(FieldSpec("spec/selector/matchLabels", kind: kind, group: group, create: true))
      specs.append(FieldSpec("spec/template/" + labels, kind: kind, group: group, create: true))
      guard kind == "Deployment" || kind == "StatefulSet" else { continue }
      for affinity in ["podAffinity", "podAntiAffinity"] {
        let base = "spec/template/spec/affinity/\(affinity)/"
        let preferred = "preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/"
        let required = "requiredDuringSchedulingIgnoredDuringExecution/"
        specs.append(FieldSpec(base + preferred + match, kind: kind, group: "apps"))
        specs.append(FieldSpec(base + required + match, kind: kind, group: "apps"))
      }
      specs.append(
        FieldSpec(
          "spec/template/spec/topologySpreadConstraints/" + match, kind: kind, group: "apps"))
      if kind == "StatefulSet" {
        specs.append(
          FieldSpec(
            "spec/volumeClaimTemplates[]/" + labels, kind: kind, group: "apps", create: true))
      }
    }
    specs += [
      FieldSpec("spec/selector/matchLabels", kind: "Job", group: "batch"),
      FieldSpec("spec/template/" + labels, kind: "Job", group: "batch", create: true),
      FieldSpec("spec/jobTemplate/spec/selector/matchLabels", kind: "CronJob", group: "batch"),
      FieldSpec("spec/jobTemplate/" + labels, kind: "CronJob", group: "batch", create: true),
      FieldSpec(
        "spec/jobTemplate/spec/template/" + labels, kind: "CronJob", group: "batch", create: true),
      FieldSpec("spec/selector/matchLabels", kind: "PodDisruptionBudget", group: "policy"),
      FieldSpec("spec/podSelector/matchLabels", kind: "NetworkPolicy", group: "networking.k8s.io"),
      FieldSpec(
        "spec/ingress/from/podSelector/matchLabels", kind: "NetworkPolicy",
        group: "networking.k8s.io"),
      FieldSpec(
        "spec/egress/to/podSelector/matchLabels", kind: "NetworkPolicy", group: "networking.k8s.io"),
    ]
    return specs
  }()
}
