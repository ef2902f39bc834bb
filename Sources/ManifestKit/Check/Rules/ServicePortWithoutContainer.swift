internal import SourceText

extension LintRule {
  /// Finds Service ports whose target is a port name that no selected container has.
  ///
  /// Port numbers are not checked: containers may listen on ports they do not declare.
  static let servicePortWithoutContainer = LintRule(
    id: "service-port-without-container",
    summary: "a Service port that no container serves",
    explanation: """
      A Service port with a named `targetPort` finds its pods by the name of a container port. \
      When no container of the selected pods has a port of that name, connections are refused.
      """
  ) { context in
    context.references.filter { $0.verb == .selects && !$0.targets.isEmpty }.flatMap {
      reference -> [Diagnostic] in
      let service = context.set.objects[reference.from]
      guard service.id.kind.kind == "Service", let ports = service.node["spec"]?["ports"] else {
        return []
      }
      let names = reference.targets.flatMap { context.set.objects[$0].containers }
        .compactMap { $0["ports"] }.flatMap { Array($0.elements) }
        .compactMap { $0.resolved["name"]?.text }
      return ports.elements.compactMap { port in
        guard let target = port.resolved["targetPort"], target.kind == .scalar,
          Int(target.text) == nil, !names.contains(target.text)
        else { return nil }
        return Diagnostic(
          "service-port-without-container", .warning,
          "no container of \(service.id) has a port named '\(target.text)'",
          detail: Spelling.nearest(to: target.text, among: names).map { "did you mean '\($0)'?" },
          span: target.span)
      }
    }
  }
}
