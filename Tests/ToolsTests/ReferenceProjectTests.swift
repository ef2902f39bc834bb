import TestSupport
import Testing

/// The way of a change through the reference project, tool by tool.
@Suite struct ReferenceProjectTests {
  static let overlays = ["local", "staging", "prod"]

  /// The lines that differ between two texts of equally many lines.
  private func changedLines(_ old: String, _ new: String) -> [(String, String)] {
    let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(before.count == after.count)
    return zip(before, after).filter { $0 != $1 }
  }

  @Test(arguments: overlays)
  func overlaysBuildToTheirGoldens(overlay: String) throws {
    let folder = Repository.path("Fixtures/newproject/manifests/overlays/\(overlay)")
    let result = try BuiltTool("overlay-build").run([folder])
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output == (try Repository.text("Fixtures/OverlayKit/newproject/\(overlay).yaml")))
  }

  @Test(arguments: overlays)
  func builtOverlaysAreValid(overlay: String) throws {
    let built = try Repository.text("Fixtures/OverlayKit/newproject/\(overlay).yaml")
    let result = try BuiltTool("manifest-validate").run(["-"], input: built)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.isEmpty)
  }

  @Test func settingAnImageChangesOneLine() throws {
    let copy = try TemporaryFolder(copying: "Fixtures/newproject", as: "p")
    let file = "p/manifests/overlays/staging/kustomization.yaml"
    let before = try copy.text(file)
    let result = try BuiltTool("overlay-edit").run(
      ["set", "image", "newproject/api=ghcr.io/example/newproject-api:0.4.0"],
      in: copy.path("p/manifests/overlays/staging"))
    #expect(result.status == 0, "\(result.errors)")
    let changes = changedLines(before, try copy.text(file))
    #expect(changes.count == 1)
    #expect(changes.first?.0 == #"    newTag: 0.3.1 # {"$imagepolicy": "flux-system:api:tag"}"#)
    #expect(changes.first?.1 == #"    newTag: 0.4.0 # {"$imagepolicy": "flux-system:api:tag"}"#)
  }

  @Test func promotingChangesALineAnImage() throws {
    let copy = try TemporaryFolder(copying: "Fixtures/newproject", as: "p")
    let file = "p/manifests/overlays/prod/kustomization.yaml"
    let before = try copy.text(file)
    let overlays = copy.path("p/manifests/overlays")
    let dry = try BuiltTool("overlay-promote").run(
      ["--dry-run", overlays + "/staging", overlays + "/prod"])
    #expect(dry.output.contains("+    newTag: 0.3.1   # promoted 2024-06-20"))
    #expect(try copy.text(file) == before)

    let result = try BuiltTool("overlay-promote").run([overlays + "/staging", overlays + "/prod"])
    #expect(result.output == "newproject/api: 0.3.0 -> 0.3.1\n")
    let changes = changedLines(before, try copy.text(file))
    #expect(changes.map(\.1) == ["    newTag: 0.3.1   # promoted 2024-06-20"])
  }

  @Test func policiesOfTheClusterWriteTheirMarkers() throws {
    let copy = try TemporaryFolder(copying: "Fixtures/newproject", as: "p")
    let tags = try copy.write(
      "tags", "ghcr.io/example/newproject-api:0.9.0\nghcr.io/example/newproject-api:1.0.0\n")
    let file = "p/manifests/overlays/staging/kustomization.yaml"
    let before = try copy.text(file)
    let result = try BuiltTool("image-update").run(
      ["--policies", copy.path("p/clusters/staging"), "--tags", tags, copy.path("p/manifests")])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("flux-system:worker"), "no tag of the worker was offered")
    #expect(changedLines(before, try copy.text(file)).count == 1)
  }

  @Test func theInfrastructureIsFormattedValidAndPlanned() throws {
    let terraform = Repository.path("Fixtures/newproject/terraform")
    let formatted = try BuiltTool("infra-fmt").run(["-check", "-recursive", terraform])
    #expect(formatted.status == 0, "\(formatted)")
    let local = terraform + "/environments/local"
    let valid = try BuiltTool("infra-validate").run(["-chdir=" + local])
    #expect(valid.status == 0, "\(valid)")
    let plan = try BuiltTool("infra-plan").run(["-chdir=" + local, "-no-color"])
    #expect(plan.status == 0, "\(plan.errors)")
    #expect(plan.output.contains("Plan: 4 to add, 0 to change, 0 to destroy."))
  }
}
