internal import ManifestKit
internal import SourceText

/// One run over a cluster's folder.
struct FluxRun {
  typealias Name = FluxKustomization.Name

  private let builder: OverlayBuilder
  /// Where the files with variables are, which the user names and not the repository.
  private let variableFiles: any FileSystem
  private let files: FileRegistry
  var diagnostics: [Diagnostic] = []
  var inputs: Set<String> = []
  /// The data of ConfigMaps and Secrets, by kind, namespace and name.
  private var variables: [String: [String: String]] = [:]

  private var fileSystem: any FileSystem { builder.fileSystem }

  init(builder: OverlayBuilder, variableFiles: any FileSystem, files: FileRegistry) {
    self.builder = builder
    self.variableFiles = variableFiles
    self.files = files
  }

  /// The manifests of all Kustomizations, dependencies first.
  mutating func render(
    _ folder: String, repository: String, variableFiles: [String]
  ) throws(DiagnosticError) -> [UInt8] {
    for path in variableFiles { try readVariables(path) }
    let root = try resolved(repository)
    let cluster = Workspace(files: files)
    defer { take(cluster) }
    var kustomization = try load(try resolved(folder), cluster)
    kustomization.0.buildMetadata = []
    var pending = try found(
      try builder.resources(of: kustomization.0, kustomization.1, cluster), cluster)
    var rendered: [Name: [UInt8]] = [:]
    var all: [Name: FluxKustomization] = [:]
    while !pending.isEmpty {
      for next in pending where all[next.name] == nil { all[next.name] = next }
      pending = []
      for next in try ordered(all) where rendered[next.name] == nil {
        let (yaml, inner) = try render(next, root)
        rendered[next.name] = yaml
        pending += inner.filter { all[$0.name] == nil }
        // What was found may have to come before what is left.
        if !pending.isEmpty { break }
      }
    }
    var output: [UInt8] = []
    for next in try ordered(all) {
      guard let yaml = rendered[next.name], !yaml.isEmpty else { continue }
      if !output.isEmpty { output += "---\n".utf8 }
      output += yaml
    }
    return output
  }

  private mutating func take(_ workspace: Workspace) {
    diagnostics += workspace.diagnostics
    inputs.formUnion(workspace.inputs)
  }

  private func resolved(_ folder: String) throws(DiagnosticError) -> String {
    do throws(FileError) {
      return try fileSystem.resolve(folder)
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
  }

  /// The kustomization of a folder, or the one that Flux makes for it.
  private func load(
    _ root: String, _ workspace: Workspace, at span: SourceSpan? = nil
  ) throws(DiagnosticError) -> (Kustomization, FileLoader) {
    let loader = FileLoader(
      root: root, visited: [], fileSystem: fileSystem, workspace: workspace, isRestricted: false,
      environment: { _ in nil })
    guard KustomizationFile.names.allSatisfy({ loader.kind(of: $0) != .file }) else {
      return (try KustomizationFile.load(loader, at: span), loader)
    }
    let place: SourceSpan
    if let span {
      place = span
    } else {
      let file = files.add(SourceFile(name: FilePath.join(root, "kustomization.yaml"), bytes: []))
      place = SourceSpan(file: file, bytes: 0..<0)
    }
    return (try Kustomization(generatedFor: loader, at: place), loader)
  }

  /// Kustomizations among resources; the data of what `substituteFrom` may name is noted.
  private mutating func found(
    _ resources: [Resource], _ workspace: Workspace
  ) throws(DiagnosticError) -> [FluxKustomization] {
    for resource in resources { note(resource.currentID, resource.root, workspace.tree) }
    return resources.compactMap { FluxKustomization($0, in: workspace) }.filter { !$0.isSuspended }
  }

  // MARK: Order

  /// Dependencies before what depends on them, otherwise by name.
  private mutating func ordered(
    _ all: [Name: FluxKustomization]
  ) throws(DiagnosticError) -> [FluxKustomization] {
    var order: [FluxKustomization] = []
    var done: Set<Name> = []
    var left = all.values.sorted { $0.name < $1.name }
    while !left.isEmpty {
      let ready = left.filter { next in
        next.dependencies.allSatisfy { all[$0] == nil || done.contains($0) }
      }
      guard !ready.isEmpty else {
        let names = left.map(\.name.description).joined(separator: ", ")
        throw .located(
          "dependency-cycle", "these Kustomizations wait for each other: \(names)", left[0].span,
          detail: "Take one entry out of 'dependsOn'.")
      }
      order += ready
      done.formUnion(ready.map(\.name))
      left.removeAll { done.contains($0.name) }
    }
    return order
  }

  // MARK: One Kustomization

  private mutating func render(
    _ flux: FluxKustomization, _ repository: String
  ) throws(DiagnosticError) -> ([UInt8], [FluxKustomization]) {
    let root = FilePath.normalize(flux.path, in: repository)
    guard FilePath.isPath(root, inside: repository), fileSystem.kind(of: root) == .folder else {
      throw .located(
        "missing-folder", "the repository has no folder '\(flux.path)'", flux.span,
        detail: "'path' of the Kustomization \(flux.name) is relative to '\(repository)'.")
    }
    let workspace = Workspace(files: files)
    defer { take(workspace) }
    var (kustomization, loader) = try load(try resolved(root), workspace, at: flux.span)
    let changes = SourceFile(name: "Kustomization \(flux.name)", text: flux.changes.text(.indented))
    let file = files.add(changes, host: flux.span)
    kustomization.apply(
      try Kustomization(try YAMLStream(parsing: changes, file: file), in: workspace))
    let resources = try builder.resources(of: kustomization, loader, workspace)
    let postBuild = try postBuild(of: flux)
    var output: [UInt8] = []
    for resource in resources {
      try refuseEncrypted(resource, flux, workspace)
      if let postBuild { try substitute(postBuild, in: resource, workspace) }
      mark(resource, flux)
      resource.rewriteAnnotations()
      if !output.isEmpty { output += "---\n".utf8 }
      try OverlayBuilder.write(resource, workspace, to: &output)
    }
    return (output, try found(resources, workspace))
  }

  private func refuseEncrypted(
    _ resource: Resource, _ flux: FluxKustomization, _ workspace: Workspace
  ) throws(DiagnosticError) {
    guard workspace.tree.value("sops", in: resource.root) != nil else { return }
    throw .located(
      "encrypted-resource", "\(resource.currentID) is encrypted, and nothing is decrypted here",
      resource.span,
      detail: "Decrypt it with sops, or leave the Kustomization \(flux.name) out with 'suspend'.")
  }

  /// What the controller writes on everything it applies.
  private func mark(_ resource: Resource, _ flux: FluxKustomization) {
    for (key, value) in flux.commonLabels { resource.setMetadata("labels", key, value) }
    for (key, value) in flux.commonAnnotations { resource.setMetadata("annotations", key, value) }
    resource.setMetadata("labels", FluxKustomization.group + "/name", flux.name.name)
    resource.setMetadata("labels", FluxKustomization.group + "/namespace", flux.name.namespace)
  }
}

// MARK: Variables

extension FluxRun {
  /// What a Kustomization replaces in its objects; `nil` where it replaces nothing.
  private func postBuild(of flux: FluxKustomization) throws(DiagnosticError) -> PostBuild? {
    var sources: [[String: String]] = []
    for source in flux.substituteFrom {
      let key = Self.key(source.kind, flux.name.namespace, source.name)
      guard let data = variables[key] else {
        if source.isOptional { continue }
        throw .located(
          "missing-variables",
          "there is no \(source.kind) '\(source.name)' to take variables from", flux.span,
          detail: "Name a file that has it with --substitute-from.")
      }
      sources.append(data)
    }
    if sources.allSatisfy(\.isEmpty), flux.substitute.isEmpty, !flux.isAlwaysSubstituted {
      return nil
    }
    do throws(PostBuild.Failure) {
      return try PostBuild(
        substitute: flux.substitute, sources: sources, always: flux.isAlwaysSubstituted)
    } catch {
      throw .located("bad-variable", error.message, flux.span)
    }
  }

  private func substitute(
    _ postBuild: PostBuild, in resource: Resource, _ workspace: Workspace
  ) throws(DiagnosticError) {
    warnOfUndefined(postBuild, in: resource, workspace)
    var yaml: [UInt8] = []
    try OverlayBuilder.write(resource, workspace, to: &yaml)
    guard yaml.contains(UInt8(ascii: "$")) else { return }
    let expanded: JSONValue
    do throws(PostBuild.Failure) {
      expanded = try postBuild.expand(String(decoding: yaml, as: UTF8.self))
    } catch {
      throw .located(
        "substitution-failed", "in \(resource.currentID): \(error.message)", resource.span)
    }
    guard case .object = expanded.kind else {
      throw .located(
        "substitution-failed", "\(resource.currentID) is no object after substitution",
        resource.span)
    }
    let origin = workspace.tree.origin(of: resource.root)
    resource.root = workspace.tree.add(expanded, origin: origin)
  }

  /// A variable that has neither a value nor a default becomes empty text.
  private func warnOfUndefined(
    _ postBuild: PostBuild, in resource: Resource, _ workspace: Workspace
  ) {
    if postBuild.isDisabled(workspace.tree.json(of: resource.root)) { return }
    var pending = [resource.root]
    while let node = pending.popLast() {
      switch workspace.tree.kind(of: node) {
      case .mapping:
        for entry in workspace.tree.entries(of: node) { pending += [entry.value, entry.key] }
      case .sequence: pending += workspace.tree.elements(of: node).reversed()
      case .scalar:
        guard workspace.tree.textBytes(of: node).contains(UInt8(ascii: "$")),
          let text = try? VariableSubstitution(workspace.tree.text(of: node))
        else { continue }
        for name in postBuild.undefined(in: text) {
          let suggestion = Spelling.nearest(to: name, among: postBuild.names)
          workspace.warn(
            "undefined-variable", "'${\(name)}' has no value and becomes empty",
            workspace.span(of: node) ?? resource.span,
            detail: suggestion.map { "Did you mean '${\($0)}'?" }
              ?? "Give it one in 'postBuild', or a default: ${\(name):=value}.")
        }
      }
    }
  }

  private static func key(_ kind: String, _ namespace: String, _ name: String) -> String {
    "\(kind)/\(namespace)/\(name)"
  }

  /// Notes the data of a ConfigMap or a Secret.
  private mutating func note(_ id: ResourceID, _ root: ValueTree.NodeID, _ tree: ValueTree) {
    guard id.kind.group.isEmpty, id.kind.kind == "ConfigMap" || id.kind.kind == "Secret" else {
      return
    }
    var data: [String: String] = [:]
    func add(_ section: String, _ decode: (String) -> String?) {
      guard let map = tree.value(section, in: root) else { return }
      for entry in tree.entries(of: map) {
        data[tree.text(of: entry.key)] = decode(tree.text(of: entry.value))
      }
    }
    add("data") { text in
      guard id.kind.kind == "Secret" else { return text }
      return Base64.decode(text.utf8).map { String(decoding: $0, as: UTF8.self) }
    }
    add("stringData") { $0 }
    let namespace = id.namespace.isEmpty ? "default" : id.namespace
    variables[Self.key(id.kind.kind, namespace, id.name)] = data
  }

  /// Reads ConfigMaps and Secrets from a file.
  private mutating func readVariables(_ path: String) throws(DiagnosticError) {
    let workspace = Workspace(files: files)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try variableFiles.read(path)
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
    let source = SourceFile(name: path, bytes: bytes)
    let stream = try YAMLStream(parsing: source, file: files.add(source))
    for resource in try ResourceReader(workspace: workspace).resources(in: stream) {
      note(resource.currentID, resource.root, workspace.tree)
    }
  }
}
