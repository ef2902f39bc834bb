internal import SourceText

extension LintRule {
  /// Finds names of ConfigMaps, Secrets, ServiceAccounts, claims and Services that no object has.
  ///
  /// Only kinds of which the set has at least one object are looked at, so that a part of an
  /// application can be checked by itself; references marked `optional` may dangle.
  static let danglingReference = LintRule(
    id: "dangling-reference",
    summary: "a reference to an object that is not there",
    explanation: """
      A workload that names a ConfigMap, Secret, ServiceAccount or claim that does not exist does \
      not start; an Ingress that names a missing Service answers 503. Kinds that the input has no \
      object of are not looked at, since they may come from somewhere else.

      Correct the name, or add the object.
      """
  ) { context in
    let objects = context.set.objects
    let names = Dictionary(grouping: objects.map(\.id), by: \.kind.kind)
      .mapValues { $0.map(\.name) }
    var suggestionsLeft = 100
    return context.references.compactMap { reference in
      guard reference.targets.isEmpty, !reference.name.isEmpty, !reference.isOptional,
        checked.contains(reference.kind), let known = names[reference.kind],
        !builtIn.contains([reference.kind, reference.name])
      else { return nil }
      // Each looks at every name: where so much is missing, it is not for its spelling.
      suggestionsLeft -= 1
      let near =
        suggestionsLeft < 0 ? nil : Spelling.nearest(to: reference.name, among: known)
      return Diagnostic(
        "dangling-reference", .warning,
        "\(objects[reference.from].id) refers to \(reference.kind) "
          + "'\(reference.name)', which is not there",
        detail: near.map { "did you mean '\($0)'?" }, span: reference.node.span)
    }
  }

  /// What every cluster has.
  private static let builtIn: Set<[String]> = [
    ["ServiceAccount", "default"], ["ConfigMap", "kube-root-ca.crt"],
    ["ClusterRole", "cluster-admin"], ["ClusterRole", "admin"], ["ClusterRole", "edit"],
    ["ClusterRole", "view"],
  ]

  private static let checked: Set<String> = [
    "ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "Service", "Role",
    "ClusterRole", "Deployment", "StatefulSet",
  ]
}
