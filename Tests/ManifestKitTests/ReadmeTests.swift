import ManifestKit
import SourceText
import Testing

/// The README's example of the library, as it stands there.
@Suite struct ReadmeTests {
  @Test func changesAnImagesTagAndNothingElse() throws {
    let text = """
      # The API.
      spec:
        template:
          spec:
            containers:
              - name: api   # the program
                image: "ghcr.io/example/api:1.0.0"  # pinned

      """
    let bytes = Array(text.utf8)

    let file = SourceFile(name: "deployment.yaml", bytes: bytes)
    var plan = EditPlan()
    plan.set(
      try EditPath(parsing: "spec.template.spec.containers[name=api].image"),
      to: .string("ghcr.io/example/api:1.2.3"))
    let edited = try plan.apply(to: file)

    let expected = text.replacing("api:1.0.0", with: "api:1.2.3")
    #expect(String(decoding: edited, as: UTF8.self) == expected)
  }
}
