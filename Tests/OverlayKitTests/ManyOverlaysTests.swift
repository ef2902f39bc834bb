import OverlayKit
import SourceText
import Testing

@Suite struct ManyOverlaysTests {
  /// Twenty overlays over two bases, of which one builds on the other.
  private static let tree: String = {
    var text = """
      resources: [base]
      ## base/kustomization.yaml
      resources: [../ground, thing.yaml]
      namePrefix: b-
      images: [{name: none, newTag: x}]
      ## base/thing.yaml
      {apiVersion: v1, kind: Service, metadata: {name: thing}}
      ## ground/kustomization.yaml
      configMapGenerator: [{name: c, literals: [a=1]}]

      """
    for index in 0..<20 {
      text += """
        ## o\(index)/kustomization.yaml
        resources: [\(index % 2 == 0 ? "../base, ../ground" : "own.yaml, ../base")]
        nameSuffix: -x\(index)
        ## o\(index)/own.yaml
        {apiVersion: v1, kind: Secret, metadata: {name: own}}

        """
    }
    return text
  }()

  private let builder = OverlayBuilder(fileSystem: OverlayTree(tree).fileSystem)
  private let folders = (0..<20).map { "/o\($0)" } + ["/base", "/none"]

  @Test func resultsAreThoseOfSeparateBuilds() {
    let together = builder.build(folders)
    #expect(together.count == folders.count)
    for (folder, result) in zip(folders, together) {
      let alone = builder.build(folder)
      #expect(result.yaml == alone.yaml, "\(folder)")
      #expect(result.inputs == alone.inputs)
      #expect(result.diagnostics.map(\.summary) == alone.diagnostics.map(\.summary))
      for diagnostic in result.diagnostics {
        guard let span = diagnostic.span else { continue }
        #expect(result.files[span.file] != nil)
      }
    }
    #expect(together.last?.yaml == nil)
  }

  @Test(arguments: [
    ("/ground/kustomization.yaml", 22), ("/o3/own.yaml", 2), ("/o2/own.yaml", 1),
    ("/o4/kustomization.yaml", 2), ("/elsewhere", 1),
  ])
  func changesAffectWhatReadsThem(path: String, count: Int) {
    // The folder that does not exist counts always.
    #expect(builder.affected(folders, by: [path]).count == count)
  }

  @Test func everyFileThatIsReadIsFoundWithoutABuild() {
    let fileSystem = OverlayTree(
      """
      resources: [r.yaml]
      components: [comp]
      patches: [{path: p.yaml}]
      patchesStrategicMerge: [q.yaml]
      replacements: [{path: s.yaml}]
      configMapGenerator: [{name: c, files: [k=f.txt], envs: [e.env]}]
      transformers: [t.yaml, u.yaml]
      configurations: [g.yaml]
      helmCharts: [{name: h, valuesFile: v.yaml}]
      ## r.yaml
      ## comp/kustomization.yaml
      kind: Component
      patches: [{path: x.yaml}]
      ## t.yaml
      {apiVersion: builtin, kind: PatchTransformer, metadata: {name: t}, path: in.yaml}
      ## u.yaml
      apiVersion: builtin
      kind: ReplacementTransformer
      metadata: {name: u}
      replacements: [{path: w.yaml}]
      ## charts/h/templates/a.yaml
      """
    ).fileSystem
    let builder = OverlayBuilder(fileSystem: fileSystem)
    for name in [
      "kustomization.yaml", "r.yaml", "comp/kustomization.yaml", "comp/x.yaml", "p.yaml", "q.yaml",
      "s.yaml", "f.txt", "e.env", "t.yaml", "in.yaml", "g.yaml", "v.yaml", "w.yaml",
      "charts/h/templates/a.yaml",
    ] {
      #expect(builder.affected(["/"], by: ["/" + name]) == ["/"], "\(name)")
    }
    #expect(builder.affected(["/"], by: ["/other.yaml"]).isEmpty)
  }
}
