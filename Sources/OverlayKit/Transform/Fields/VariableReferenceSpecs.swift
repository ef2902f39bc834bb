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
      specs.append(FieldSpec(pod + "volumes/nfs/server", kind: kind))
    }
    for field in [
      "spec/rules/host", "spec/tls/hosts", "spec/tls/secretName",
    ] {
      specs.append(FieldSpec(field, kind: "Ingress"))
    }
    for field in ["containers", "initContainers"] {
      for handler in ["livenessProbe", "readinessProbe", "startupProbe"] {
        for (kind, pod) in kinds {
          specs.append(FieldSpec("\(pod)\(field)/\(handler)/httpGet/path", kind: kind))
        }
      }
    }
    specs += [
      FieldSpec("spec/ports/port", kind: "Service"),
      FieldSpec("spec/ports/targetPort", kind: "Service"),
      FieldSpec("metadata/labels"),
      FieldSpec("metadata/annotations"),
    ]
    return specs
  }()
}
