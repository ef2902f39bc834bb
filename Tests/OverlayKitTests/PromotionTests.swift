import ManifestKit
import OverlayKit
import SourceText
import Testing

@Suite struct PromotionTests {
  static let staging = SourceFile(
    name: "staging/kustomization.yaml",
    text: """
      images:
        - name: api
          newTag: 1.3.0 # {"$imagepolicy": "flux-system:api:tag"}
        - name: worker
          newName: reg/worker
          digest: sha256:bb
        - name: web
          newTag: "2"
        - {name: extra, newTag: x}

      """)
  static let production = """
    # Production.
    images:
      - name: worker
        newName: reg/worker
        newTag: 1.0.0   # old
      - name: api
        newTag: 1.2.0   # promoted in May

      - {name: web, newTag: '1'}
      - name: gone
        newTag: v1
    replicas: []
    """

  private func promote(_ images: Set<String>? = nil) throws -> (Promotion, SourceFiles) {
    var files = SourceFiles()
    let target = SourceFile(name: "prod/kustomization.yaml", text: Self.production)
    return (
      try Promotion(from: Self.staging, to: target, images: images, files: &files), files
    )
  }

  @Test func changesOnlyTheVersions() throws {
    let (promotion, _) = try promote()
    let expected = Self.production
      .replacing("    newTag: 1.0.0   # old\n", with: "    digest: sha256:bb\n")
      .replacing("1.2.0   # promoted", with: "1.3.0   # promoted")
      .replacing("newTag: '1'", with: "newTag: '2'")
    #expect(String(decoding: promotion.bytes, as: UTF8.self) == expected)
    #expect(promotion.changes.map(\.image) == ["worker", "api", "web"])
    #expect(promotion.changes.map(\.newValue) == ["sha256:bb", "1.3.0", "2"])
  }

  /// A digest names one image of one repository, a tag may be in another, too.
  @Test(arguments: [("digest: sha256:aa", false), ("newTag: v2", true)])
  func anotherRepositoryIsToldOf(version: String, isPromoted: Bool) throws {
    var files = SourceFiles()
    let source = SourceFile(
      name: "s", text: "images: [{name: redis, newName: my/redis, \(version)}]\n")
    let target = SourceFile(name: "t", text: "imageTags: [{name: redis, newTag: v1}]\n")
    let promotion = try Promotion(from: source, to: target, files: &files)
    #expect(promotion.diagnostics.map(\.id) == ["other-repository"])
    #expect((promotion.bytes != target.bytes) == isPromoted)
  }

  @Test func reportsWhatOnlyOneSideHas() throws {
    let (promotion, _) = try promote()
    #expect(
      promotion.diagnostics.map(\.id.description) == ["image-not-in-source", "image-not-in-target"])
  }

  @Test func canBeLimitedToSomeImages() throws {
    let (promotion, _) = try promote(["api"])
    #expect(promotion.changes.map(\.image) == ["api"])
    #expect(promotion.diagnostics.isEmpty)
  }

  @Test func unknownImagesAreErrorsWithASuggestion() throws {
    let (promotion, _) = try promote(["apo"])
    #expect(promotion.diagnostics.hasErrors)
    #expect(promotion.diagnostics.first?.detail == "Did you mean 'api'?")
    #expect(promotion.bytes == Array(Self.production.utf8))
  }

  @Test func refusesWhatIsNoKustomization() {
    var files = SourceFiles()
    #expect(throws: DiagnosticError.self) {
      try Promotion(
        from: SourceFile(name: "a", text: "- 1"), to: Self.staging, files: &files)
    }
  }

  @Test func fieldsOfChoiceAreCopiedToo() throws {
    let source = SourceFile(
      name: "s", text: "replicas:\n- {name: api, count: 4}\nnamespace: shop\nlabels: []\n")
    let target = SourceFile(
      name: "t", text: "replicas:  # ours\n  - name: api\n    count: 2  # enough\nlabels: []\n")
    var files = SourceFiles()
    let paths = try ["replicas[name=api].count", "namespace", "labels"]
      .map { try EditPath(parsing: $0) }
    let promotion = try Promotion(from: source, to: target, fields: paths, files: &files)
    #expect(
      String(decoding: promotion.bytes, as: UTF8.self)
        == "replicas:  # ours\n  - name: api\n    count: 4  # enough\nlabels: []\nnamespace: shop\n"
    )
    #expect(promotion.changes.map(\.oldValue) == ["2", ""])
    let missing = try Promotion(
      from: source, to: target, fields: [EditPath(parsing: "images")], files: &files)
    #expect(missing.diagnostics.map(\.id.description) == ["unknown-field"])
  }

  @Test func fieldsInAnyCase() throws {
    var files = SourceFiles()
    let promotion = try Promotion(
      from: SourceFile(name: "a", text: "Images: [{Name: api, newtag: v2}]"),
      to: SourceFile(name: "b", text: "IMAGES: [{name: api, newTag: v1}]"), files: &files)
    #expect(String(decoding: promotion.bytes, as: UTF8.self) == "IMAGES: [{name: api, newTag: v2}]")
  }
}
