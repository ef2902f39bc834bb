internal import ManifestKit
internal import SourceText

/// What a kustomization has gathered so far: resources, field configuration, variables.
struct Accumulator {
  var resources: [Resource] = [] {
    didSet {
      known = nil
      places = nil
    }
  }
  /// The resources by identity, as long as none of them changes.
  private var known: [ExactID: Resource]?
  /// The resources' indexes by each name they have or had, as long as none of them changes.
  private var places: [String: [Int]]?
  var configuration = TransformerConfiguration.empty
  var variables: [Kustomization.Variable] = []

  /// Adds resources; two of one identity are an error. O(others), once the index is built.
  mutating func append(
    _ others: [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    let scopes = workspace.scopes
    var known = known ?? [:]
    if known.count != resources.count {
      for resource in resources { known[ExactID(scopes.key(of: resource.currentID))] = resource }
    }
    self.known = nil
    for resource in others {
      let id = resource.currentID
      if let other = known.updateValue(resource, forKey: ExactID(scopes.key(of: id))) {
        var diagnostic = Diagnostic(
          "duplicate-resource", .error, "there are two resources \(id.fullName)",
          detail: "Rename one of them, or leave one of the files out.", span: resource.span)
        if let span = other.span {
          diagnostic.related.append(.init(span: span, message: "the first one"))
        }
        throw DiagnosticError(diagnostic)
      }
    }
    resources += others
    self.known = known
  }

  /// Takes what another kustomization gathered.
  mutating func merge(
    _ other: Accumulator, in workspace: Workspace
  ) throws(DiagnosticError) {
    try append(other.resources, in: workspace)
    try merge(other.configuration, at: nil)
    try merge(variables: other.variables)
  }

  mutating func merge(
    _ other: TransformerConfiguration, at span: SourceSpan?
  ) throws(DiagnosticError) {
    do throws(FieldSpecConflict) {
      try configuration.merge(other)
    } catch {
      throw .located(
        "conflicting-field-specification",
        "the field '\(error.path)' is to be created by one configuration and not by another", span)
    }
  }

  private mutating func merge(
    variables others: [Kustomization.Variable]
  ) throws(DiagnosticError) {
    for other in others {
      guard !variables.contains(where: { $0.name == other.name }) else {
        throw .located(
          "duplicate-variable", "the variable '\(other.name)' is defined twice", other.span)
      }
      variables.append(other)
    }
  }

  /// Adds a kustomization's variables, each bound to the resource that gives its value: the one
  /// that has, or had, the name here. Resources of the same name elsewhere do not count.
  mutating func define(
    _ others: [Kustomization.Variable], in workspace: Workspace
  ) throws(DiagnosticError) {
    for variable in others {
      let id = ResourceID(
        kind: variable.gvk, namespace: variable.objectNamespace, name: variable.objectName)
      // Without a namespace in the reference every namespace fits.
      let isExact = !id.namespace.isEmpty || workspace.scopes.isOutsideNamespaces(id.kind)
      let matches = resources.filter { resource in
        resource.allIDs.contains {
          isExact ? workspace.scopes.areSame($0, id) : $0.name == id.name && $0.kind == id.kind
        }
      }
      guard matches.count < 2 else {
        throw .located(
          "ambiguous-variable",
          "the variable '\(variable.name)' fits \(matches.count) resources \(id.fullName)",
          variable.span,
          detail: "Name the namespace in 'objref'.")
      }
      matches.first?.variables.append(variable.name)
    }
    try merge(variables: others)
  }

  /// Adds generated objects: new ones, or into an existing one as their behaviour says.
  /// O(generated), once the index is built.
  mutating func absorb(
    _ generated: [Resource], in workspace: Workspace
  ) throws(DiagnosticError) {
    guard !generated.isEmpty else { return }
    var places = places ?? [:]
    if places.isEmpty {
      for index in resources.indices { Self.note(index, resources[index], in: &places) }
    }
    for resource in generated {
      let id = resource.currentID
      let matches = (places[id.name] ?? []).filter { index in
        resources[index].allIDs.contains { workspace.scopes.areSame($0, id) }
      }
      switch (matches.count, resource.behavior) {
      case (0, .merge), (0, .replace):
        throw .located(
          "generator-without-target",
          "there is no \(id.kind.kind) '\(id.name)' to \(resource.behavior.rawValue)",
          resource.span, detail: "Leave 'behavior' out to create it.")
      case (0, _):
        Self.note(resources.count, resource, in: &places)
        resources.append(resource)
      case (1, .merge): GeneratedObjects.merge(resource, into: resources[matches[0]], workspace)
      case (1, .replace): GeneratedObjects.replace(resources[matches[0]], with: resource, workspace)
      case (1, _):
        throw .located(
          "duplicate-resource", "there is a \(id.kind.kind) '\(id.name)' already", resource.span,
          detail: "Set 'behavior' to merge or replace to change it.")
      default:
        throw .located(
          "ambiguous-target", "several resources are called \(id.fullName)", resource.span)
      }
    }
    self.places = places
  }

  private static func note(
    _ index: Int, _ resource: Resource, in places: inout [String: [Int]]
  ) {
    for id in resource.allIDs where places[id.name]?.last != index {
      places[id.name, default: []].append(index)
    }
  }
}
