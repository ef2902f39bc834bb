internal import ManifestKit
public import SourceText

/// Builds overlays: what `kustomize build` prints, with located diagnostics.
///
///     let result = OverlayBuilder().build("manifests/overlays/staging")
///     if let yaml = result.yaml { print(yaml) }
public struct OverlayBuilder: Sendable {
  /// How a build is done.
  public struct Options: Sendable {
    /// Whether files outside a kustomization's folder are refused.
    public var restrictsFiles = true
    /// The value of a variable, for keys without one in environment files.
    public var environment: @Sendable (String) -> String? = { _ in nil }
    /// Whether the result tells where every field comes from. It is noted in any case; this is
    /// about the list.
    public var listsOrigins = false
    /// Where remote resources come from, in the order they are asked; without any, they are refused.
    public var remotes: [any RemoteResources] = []
    /// How charts are rendered; they are refused without it.
    public var charts: ChartOptions?

    /// The defaults.
    public init() {}
  }

  let fileSystem: any FileSystem
  let options: Options

  /// Creates a builder that reads through a file system.
  public init(fileSystem: any FileSystem = LocalFileSystem(), options: Options = Options()) {
    self.fileSystem = fileSystem
    self.options = options
  }

  /// Builds the kustomization in a folder.
  ///
  /// O(resources + text) but for patches and replacements, which look at every resource they may
  /// select.
  public func build(_ folder: String) -> BuildResult {
    build(folder, Workspace())
  }

  func build(_ folder: String, _ workspace: Workspace) -> BuildResult {
    /// What was found, at places in files that exist.
    func diagnostics(_ more: [Diagnostic] = []) -> [Diagnostic] {
      workspace.files.hosted(DiagnosticError(workspace.diagnostics + more)).diagnostics
    }
    do throws(DiagnosticError) {
      let resources = try resources(of: folder, workspace)
      let yaml = try write(resources, workspace)
      var result = BuildResult(yaml, diagnostics(), workspace.files.files, workspace.inputs)
      if options.listsOrigins { result.origins = FieldOrigin.list(resources, workspace) }
      return result
    } catch {
      return BuildResult(
        nil, diagnostics(error.diagnostics), workspace.files.files, workspace.inputs)
    }
  }

  /// The resources of the kustomization in a folder, as they are to be printed.
  func resources(
    of folder: String, _ workspace: Workspace
  ) throws(DiagnosticError) -> [Resource] {
    let loader = try loader(for: folder, workspace)
    let kustomization = try KustomizationFile.load(loader, at: nil)
    return try resources(of: kustomization, loader, workspace)
  }

  /// The resources of a kustomization that is the one to be built.
  func resources(
    of kustomization: Kustomization, _ loader: FileLoader, _ workspace: Workspace
  ) throws(DiagnosticError) -> [Resource] {
    workspace.annotatesObjects = !kustomization.buildMetadata.isEmpty
    workspace.recordsHistory = !kustomization.buildMetadata.isDisjoint(with: [
      "originAnnotations", "transformerAnnotations",
    ])
    var accumulator: Accumulator
    if let base = workspace.base(loader.root) {
      accumulator = base
    } else {
      accumulator = try BuildTarget(kustomization: kustomization, loader: loader).accumulate()
    }
    try finish(&accumulator, kustomization, workspace)
    return accumulator.resources
  }

  /// A loader for a folder that a build begins with.
  func loader(
    for folder: String, _ workspace: Workspace
  ) throws(DiagnosticError) -> FileLoader {
    let root: String
    do throws(FileError) {
      root = try fileSystem.resolve(folder)
      _ = try fileSystem.list(root)
    } catch {
      throw DiagnosticError(FileError(path: folder, reason: error.reason).diagnostic)
    }
    return FileLoader(
      root: root, visited: [], fileSystem: fileSystem, workspace: workspace,
      isRestricted: options.restrictsFiles, environment: options.environment,
      remotes: options.remotes, charts: options.charts)
  }

  /// What is done once, after all kustomizations have had their say.
  private func finish(
    _ accumulator: inout Accumulator, _ kustomization: Kustomization, _ workspace: Workspace
  ) throws(DiagnosticError) {
    workspace.tree.author = FieldOrigin.hashSuffix
    defer { workspace.tree.author = 0 }
    try HashTransformer().transform(&accumulator.resources, in: workspace)
    workspace.tree.author = FieldOrigin.reference
    try NameReferenceTransformer(references: accumulator.configuration.nameReferences)
      .transform(&accumulator.resources, in: workspace)
    try VariableTransformer(
      variables: accumulator.variables, fields: accumulator.configuration.variableReferences
    ).transform(&accumulator.resources, in: workspace)
    workspace.tree.author = 0
    let reader = ResourceReader(workspace: workspace)
    for resource in accumulator.resources {
      resource.forgetIdentity()
      // A replacement or a transformer can have taken what makes it an object.
      try reader.validate(resource.root, resource.span, isBuilt: true)
    }
    accumulator.resources.removeAll { resource in
      guard let local = resource.metadata("annotations", "config.kubernetes.io/local-config") else {
        return false
      }
      return local != "false"
    }
    // Names that were different can have become the same by a patch or a replacement.
    try workspace.refuseDuplicates(accumulator.resources) {
      "\($0.kind) '\($0.name)' is there twice after the build"
    }
    try SortOrder(kustomization.sortOptions).sort(&accumulator.resources)
    for resource in accumulator.resources {
      resource.annotateOrigin(kustomization.buildMetadata)
      resource.rewriteAnnotations()
    }
    if kustomization.buildMetadata.contains("managedByLabel"), !accumulator.resources.isEmpty {
      try MetadataTransformer(
        entries: [("app.kubernetes.io/managed-by", "kustomize-v5.8.1")],
        fields: [FieldSpec("metadata/labels", create: true)],
        span: kustomization.fieldSpans["buildMetadata"]
      ).transform(&accumulator.resources, in: workspace)
    }
  }
}

/// What a build gave.
public struct BuildResult: Sendable {
  /// The manifests, byte for byte as `kustomize build` prints them; `nil` where an error stopped
  /// the build.
  public let yaml: [UInt8]?
  /// What there is to say about it.
  public let diagnostics: [Diagnostic]
  /// The files that the diagnostics point into.
  public let files: SourceFiles
  /// Every file that was read, as an absolute path, and as a resolved one where links led there. A
  /// change to any other file does not change the build.
  public let inputs: Set<String>
  /// Where every field comes from, in the order of the manifests; empty unless
  /// ``OverlayBuilder/Options/listsOrigins`` asks for it.
  public internal(set) var origins: [FieldOrigin] = []
  /// Whether the numbers of ``files`` are those of the builds that were made with this one.
  public internal(set) var sharesFiles = false

  init(
    _ yaml: [UInt8]?, _ diagnostics: [Diagnostic], _ files: SourceFiles, _ inputs: Set<String>
  ) {
    self.yaml = yaml
    self.diagnostics = diagnostics
    self.files = files
    self.inputs = inputs
  }
}
