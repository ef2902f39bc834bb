internal import SourceText

extension LintRule {
  /// Finds workloads with fixed `replicas` that an autoscaler scales.
  static let replicasWithAutoscaler = LintRule(
    id: "replicas-with-autoscaler",
    summary: "fixed replicas on a workload that is scaled",
    explanation: """
      Every apply sets the number of replicas back to the fixed one, and the autoscaler then moves \
      it again: pods come and go for nothing. Remove `replicas` from the workload.
      """
  ) { context in
    context.references.filter { $0.verb == .scales }.flatMap { reference in
      reference.targets.compactMap { index -> Diagnostic? in
        let object = context.set.objects[index]
        guard let replicas = object.node["spec"]?["replicas"],
          SchemaWalk.value(of: replicas) != .null
        else { return nil }
        return Diagnostic(
          "replicas-with-autoscaler", .warning,
          "\(object.id) fixes its replicas, but \(context.set.objects[reference.from].id) scales it",
          detail: "Remove 'replicas'.", span: replicas.span,
          related: [Diagnostic.Related(span: reference.node.span, message: "scaled here")])
      }
    }
  }
}
