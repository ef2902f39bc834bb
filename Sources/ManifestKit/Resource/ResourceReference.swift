/// A place where one object names, or selects, another.
public struct ResourceReference: Sendable {
  /// What one object has to do with the other.
  public enum Verb: String, Hashable, Sendable {
    /// Takes files or variables from it.
    case uses
    /// Sends requests to it.
    case routes
    /// Chooses pods by their labels.
    case selects
    /// Changes how many there are of it.
    case scales
    /// Gives it rights, or takes them from it.
    case binds
    /// Takes its contents from it.
    case sources
    /// Waits for it.
    case dependsOn = "depends on"
  }

  /// The position of the object that refers, in its ``ResourceSet``.
  public let from: Int
  /// What it has to do with the other.
  public let verb: Verb
  /// The kind of the other.
  public let kind: String
  /// The namespace of the other; empty where none is known.
  public let namespace: String
  /// The name of the other; empty for a selector.
  public let name: String
  /// Whether the reference may dangle.
  public let isOptional: Bool
  /// Where the name stands.
  public let node: YAMLNode
  /// The objects of the set that are meant; none where the reference dangles.
  public let targets: [Int]
}

/// Where objects refer to others: one table for the graph and the linter.
enum ReferenceTable {
  /// A path to a name; `*` is every element of a list.
  struct Row {
    let kinds: Set<String>
    let path: [String]
    let verb: ResourceReference.Verb
    /// The kind named, or `nil` where a `kind` beside the name says it.
    let target: String?
  }

  private static func row(
    _ kinds: String, _ path: String, _ verb: ResourceReference.Verb, _ target: String?
  ) -> Row {
    Row(
      kinds: Set(kinds.split(separator: " ").map(String.init)),
      path: path.split(separator: ".").map(String.init), verb: verb, target: target)
  }

  /// Paths inside a pod's `spec`.
  static let podRows: [Row] =
    [
      row("", "volumes.*.configMap.name", .uses, "ConfigMap"),
      row("", "volumes.*.secret.secretName", .uses, "Secret"),
      row("", "volumes.*.persistentVolumeClaim.claimName", .uses, "PersistentVolumeClaim"),
      row("", "volumes.*.projected.sources.*.configMap.name", .uses, "ConfigMap"),
      row("", "volumes.*.projected.sources.*.secret.name", .uses, "Secret"),
      row("", "imagePullSecrets.*.name", .uses, "Secret"),
      row("", "serviceAccountName", .uses, "ServiceAccount"),
    ]
    + ["initContainers", "containers", "ephemeralContainers"].flatMap { containers in
      [
        row("", containers + ".*.env.*.valueFrom.configMapKeyRef.name", .uses, "ConfigMap"),
        row("", containers + ".*.env.*.valueFrom.secretKeyRef.name", .uses, "Secret"),
        row("", containers + ".*.envFrom.*.configMapRef.name", .uses, "ConfigMap"),
        row("", containers + ".*.envFrom.*.secretRef.name", .uses, "Secret"),
      ]
    }

  /// Paths from the root of other kinds.
  static let rows: [Row] = [
    row("Ingress", "spec.rules.*.http.paths.*.backend.service.name", .routes, "Service"),
    row("Ingress", "spec.defaultBackend.service.name", .routes, "Service"),
    row("Ingress", "spec.tls.*.secretName", .uses, "Secret"),
    row(
      "HTTPRoute GRPCRoute TCPRoute TLSRoute", "spec.rules.*.backendRefs.*.name", .routes, "Service"
    ),
    row("HTTPRoute GRPCRoute TCPRoute TLSRoute", "spec.parentRefs.*.name", .dependsOn, "Gateway"),
    row("Gateway", "spec.gatewayClassName", .dependsOn, "GatewayClass"),
    row("HorizontalPodAutoscaler", "spec.scaleTargetRef.name", .scales, nil),
    row("RoleBinding ClusterRoleBinding", "roleRef.name", .binds, nil),
    row("RoleBinding ClusterRoleBinding", "subjects.*.name", .binds, nil),
    row("StatefulSet", "spec.serviceName", .dependsOn, "Service"),
    row("ServiceAccount", "imagePullSecrets.*.name", .uses, "Secret"),
    row("PersistentVolumeClaim", "spec.volumeName", .uses, "PersistentVolume"),
    row("PersistentVolumeClaim", "spec.storageClassName", .uses, "StorageClass"),
    row("Kustomization", "spec.sourceRef.name", .sources, nil),
    row("Kustomization HelmRelease", "spec.dependsOn.*.name", .dependsOn, nil),
    row("HelmRelease", "spec.chart.spec.sourceRef.name", .sources, nil),
    row("HelmRelease", "spec.valuesFrom.*.name", .uses, nil),
    row("Kustomization", "spec.postBuild.substituteFrom.*.name", .uses, nil),
    row("ImagePolicy", "spec.imageRepositoryRef.name", .sources, "ImageRepository"),
    row("ImageUpdateAutomation", "spec.sourceRef.name", .sources, nil),
  ]

  /// Kinds that choose pods by labels, and where.
  static let selectors: [(kind: String, path: [String])] = [
    ("Service", ["spec", "selector"]), ("NetworkPolicy", ["spec", "podSelector", "matchLabels"]),
    ("PodDisruptionBudget", ["spec", "selector", "matchLabels"]),
  ]
}

extension ResourceSet {
  /// Every reference from an object of the set, in the order of the objects.
  ///
  /// O(objects), and for each selector O(workloads).
  public func references() -> [ResourceReference] {
    let workloads = objects.indices.compactMap { index in
      objects[index].podSpec == nil
        ? nil : Workload(index: index, labels: objects[index].podLabels)
    }
    return objects.indices.flatMap { references(from: $0, workloads) }
  }

  private struct Workload {
    let index: Int
    let labels: [String: String]
  }

  private func references(from index: Int, _ workloads: [Workload]) -> [ResourceReference] {
    let object = objects[index]
    var result: [ResourceReference] = []
    if let pod = object.podSpec {
      for row in ReferenceTable.podRows { collect(row, row.path[...], pod, index, &result) }
    }
    for row in ReferenceTable.rows where row.kinds.contains(object.id.kind.kind) {
      collect(row, row.path[...], object.node, index, &result)
    }
    for (kind, path) in ReferenceTable.selectors where kind == object.id.kind.kind {
      guard let selector = object.node[path], selector.count > 0 else { continue }
      result.append(selection(selector, index, workloads))
    }
    return result
  }

  private func collect(
    _ row: ReferenceTable.Row, _ path: ArraySlice<String>, _ node: YAMLNode, _ index: Int,
    _ result: inout [ResourceReference]
  ) {
    guard let step = path.first else { return }
    if step == "*" {
      for element in node.elements {
        collect(row, path.dropFirst(), element.resolved, index, &result)
      }
    } else if let next = node[step] {
      guard path.count == 1 else { return collect(row, path.dropFirst(), next, index, &result) }
      guard next.kind == .scalar, !next.text.isEmpty else { return }
      result.append(reference(row, holder: node, name: next, index))
    }
  }

  private func reference(
    _ row: ReferenceTable.Row, holder: YAMLNode, name: YAMLNode, _ index: Int
  ) -> ResourceReference {
    let object = objects[index].id
    let kind = row.target ?? holder["kind"]?.text ?? object.kind.kind
    let namespace = holder["namespace"]?.text ?? object.namespace
    return ResourceReference(
      from: index, verb: row.verb, kind: kind, namespace: namespace, name: name.text,
      isOptional: holder["optional"]?.hasText("true") == true, node: name,
      targets: find(kind: kind, namespace: namespace, name: name.text))
  }

  private func selection(
    _ selector: YAMLNode, _ index: Int, _ workloads: [Workload]
  ) -> ResourceReference {
    let wanted = selector.entries.map { ($0.key.resolved.text, $0.value.resolved.text) }
    let namespace = objects[index].id.namespace
    let targets = workloads.filter { workload in
      let other = objects[workload.index].id.namespace
      return (namespace.isEmpty || other.isEmpty || other == namespace)
        && wanted.allSatisfy { workload.labels[$0.0] == $0.1 }
    }
    return ResourceReference(
      from: index, verb: .selects, kind: "Pod", namespace: namespace, name: "", isOptional: false,
      node: selector, targets: targets.map(\.index))
  }
}
