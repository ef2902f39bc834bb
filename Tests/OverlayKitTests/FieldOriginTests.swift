import OverlayKit
import SourceText
import Testing

@Suite struct FieldOriginTests {
  private static let lines: [String] = {
    let tree = OverlayTree(
      """
      resources: [base]
      namePrefix: p-
      patches:
      - path: patch.yaml
      - target: {kind: Deployment}
        patch: |-
          - op: add
            path: /spec/paused
            value: true
      images:
      - {name: web, newTag: v2}
      ## patch.yaml
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: d}
      spec:
        replicas: 3
      ## base/kustomization.yaml
      resources: [d.yaml]
      configMapGenerator:
      - name: c
        literals: [a=1]
      ## base/d.yaml
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: d
      spec:
        replicas: 1
        template:
          spec:
            containers:
            - name: web
              image: web:v1
              envFrom: [{configMapRef: {name: c}}]
      """)
    var options = OverlayBuilder.Options()
    options.listsOrigins = true
    let result = OverlayBuilder(fileSystem: tree.fileSystem, options: options).build("/")
    return String(decoding: result.originLines(), as: UTF8.self).split(separator: "\n").map(
      String.init)
  }()

  @Test(arguments: [
    // Untouched: the place in the base.
    #"{"document":1,"path":"/spec/template/spec/containers/0/name","file":"base/d.yaml","line":10,"column":15}"#,
    // Changed by a field of the kustomization, a patch, an image.
    #"{"document":1,"path":"/metadata/name","file":"base/d.yaml","line":4,"column":9,"changes":[{"file":"kustomization.yaml","line":2,"column":1}]}"#,
    #"{"document":1,"path":"/spec/replicas","file":"base/d.yaml","line":6,"column":13,"changes":[{"file":"patch.yaml","line":5,"column":13}]}"#,
    #"{"document":1,"path":"/spec/template/spec/containers/0/image","file":"base/d.yaml","line":11,"column":16,"changes":[{"file":"kustomization.yaml","line":11,"column":3}]}"#,
    // Made by an operation, by a generator.
    #"{"document":1,"path":"/spec/paused","file":"kustomization.yaml","line":7,"column":7}"#,
    #"{"document":0,"path":"/data/a","file":"base/kustomization.yaml","line":3,"column":3}"#,
    // Changed at the end of the build.
    #"{"document":0,"path":"/metadata/name","file":"base/kustomization.yaml","line":3,"column":3,"changes":[{"file":"kustomization.yaml","line":2,"column":1},{"by":"hashSuffix"}]}"#,
    #"{"document":1,"path":"/spec/template/spec/containers/0/envFrom/0/configMapRef/name","file":"base/d.yaml","line":12,"column":41,"changes":[{"by":"reference"}]}"#,
  ])
  func fieldsKnowWhereTheyComeFrom(line: String) {
    let path = line.split(separator: ",")[1]
    let document = line.prefix(13)
    let found = Self.lines.first { $0.contains(path) && $0.hasPrefix(document) }
    #expect(found == line)
  }

  @Test func thereIsNoListUnlessItIsAskedFor() {
    #expect(OverlayTree("configMapGenerator: [{name: c}]").build().origins.isEmpty)
  }
}
