import OverlayKit
import SourceText
import Testing

/// What Kustomize 5.8.1 answers to each.
@Suite struct ImageNameTests {
  private func build(_ name: String, _ image: String) -> BuildResult {
    OverlayTree(
      """
      resources: [pod.yaml]
      images: [{name: '\(name)', newTag: "9"}]
      ## pod.yaml
      apiVersion: v1
      kind: Pod
      metadata: {name: p}
      spec: {containers: [{name: c, image: '\(image)'}]}
      """
    ).build()
  }

  @Test(arguments: [
    ("app", "app", "app:9"), ("app", "app:1", "app:9"), ("app", "app@sha256:ab", "app:9"),
    ("app", "app:1@sha256:ab", "app:9"), ("app", "app:", "app:9"), ("app", "app@sha256:", "app:9"),
    ("app", "app:{x}.y_-", "app:9"), ("a.p", "axp:1", "axp:9"), ("a.p", "aép", "aép:9"),
    ("a.p", "a:p:1", "a:9"), ("ghcr.io/o/app", "ghcrxio/o/app:1", "ghcrxio/o/app:9"),
    ("host:5000/app", "host:5000/app:1", "host:5000/app:9"), ("a+p", "aap:1", "aap:9"),
    ("app|web", "web:1", "web:9"),
  ])
  func namesMatchAsExpressions(name: String, image: String, expected: String) {
    #expect(build(name, image).text.contains("image: \(expected)\n"))
  }

  @Test(arguments: [
    ("app", "apps"), ("app", "app:1:2"), ("app", "app:1/x"), ("app", "my/app"),
    ("app", "app@md5:ab"), ("app", "app:é"), ("a.p", "ap"),
  ])
  func otherImagesAreLeft(name: String, image: String) {
    let result = build(name, image)
    #expect(result.text.contains("image: \(image)\n"))
    #expect(result.diagnostics.map(\.id) == ["image-without-effect"])
  }

  @Test func aNameThatIsNoExpressionIsRefused() {
    let result = build("[", "app")
    #expect(result.errors == ["bad-image-name"])
    #expect(result.diagnostics.first?.span != nil)
  }
}
