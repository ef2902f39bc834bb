/// The fields in which `$(NAME)` of `vars` is replaced, as Kustomize has them built in.
enum VariableReferenceSpecs {
  static let builtIn: [FieldSpec] = {
    var specs: [FieldSpec] = []
    let kinds = [
      ("CronJob", "spec/jobTemplate/spec/template/spec/"), ("DaemonSet", "spec/template/spec/"),
      ("Deployment", "spec/template/spec/"), ("Job", "spec/template/spec/"), ("Pod", "spec/"),
      ("ReplicaSet", "spec/template/spec/"), ("StatefulSet", "spec/template/spec/"),
    ]
    for (kind, pod) in kinds {
      for containers in ["containers", "initContainers"] {
        for field in ["args", "command", "env/value", "volumeMounts/mountPath"] {
          specs.append(FieldSpec("\(pod)\(containers)/\(field)", kind: kind))
        }
      }
    }
    for kind in ["DaemonSet", "Deployment", "Job", "ReplicaSet"] {
      specs.append(FieldSpec("spec/template/spec/volumes/nfs/server", kind: kind))
    }
    specs += [
      // Without `spec` below `template`: that is where the original looks.
      FieldSpec("spec/jobTemplate/spec/template/volumes/nfs/server", kind: "CronJob"),
      FieldSpec("spec/volumes/nfs/server", kind: "Pod"),
      FieldSpec("spec/volumeClaimTemplates/spec/nfs/server", kind: "StatefulSet"),
      FieldSpec("spec/nfs/server", kind: "PersistentVolume"),
      FieldSpec("spec/template/metadata/annotations", kind: "Deployment"),
      FieldSpec("spec/rules/host", kind: "Ingress"),
      FieldSpec("spec/tls/hosts", kind: "Ingress"),
      FieldSpec("spec/tls/secretName", kind: "Ingress"),
      FieldSpec("spec/ports/port", kind: "Service"),
      FieldSpec("spec/ports/targetPort", kind: "Service"),
      FieldSpec("metadata/labels"),
      FieldSpec("metadata/annotations"),
    ]
    return specs
  }()
}
