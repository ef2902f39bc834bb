internal import SourceText

extension LintRule {
  /// Finds Services, policies and budgets whose selector chooses no pod of the set.
  ///
  /// Silent where the set has no workloads at all.
  static let selectorWithoutPods = LintRule(
    id: "selector-without-pods",
    summary: "a selector that chooses nothing",
    explanation: """
      A Service whose selector matches no pods has no endpoints, a NetworkPolicy or disruption \
      budget protects nothing. Most often a label was renamed in one place only. Make the labels \
      of the pod template and the selector agree.
      """
  ) { context in
    guard context.set.objects.contains(where: { $0.podSpec != nil }) else { return [] }
    return context.references.compactMap { reference in
      guard reference.verb == .selects, reference.targets.isEmpty else { return nil }
      return Diagnostic(
        "selector-without-pods", .warning,
        "the selector of \(context.set.objects[reference.from].id) chooses no pods",
        span: reference.node.span)
    }
  }
}
