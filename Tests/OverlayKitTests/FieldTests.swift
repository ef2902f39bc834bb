import OverlayKit
import Testing

/// Which fields transformers reach, and what they make of those that are not there.
@Suite struct FieldTests {
  @Test func imagesOfDefinitionsStay() {
    let result = OverlayTree(
      """
      resources: [x.yaml]
      images: [{name: a, newTag: b}]
      ## x.yaml
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: x}
      spec: {template: {spec: {containers: [{name: c, image: a}]}}}
      """
    ).build()
    #expect(result.text.contains("image: a\n"))
  }

  /// Fields of a kustomization, the `spec` of an object, and what of it is printed.
  @Test(arguments: [
    ("images: [{name: a, newTag: b}]", "{volumes: null}", "volumes: []"),
    ("images: [{name: a, newTag: b}]", "{other: null}", "other: null"),
    ("namePrefix: p-", "{other: x}", "made: p-"),
    ("nameSuffix: -s", "{other: x}", "late: -s"),
    (
      "vars: [{name: V, objref: {apiVersion: v1, kind: Pod, name: x}, fieldref: {fieldpath: spec}}]",
      "{host: a$(V)b}", "host: a$(V)b"
    ),
    (
      "vars: [{name: V, objref: {apiVersion: v1, kind: Pod, name: x}}]", "{host: a$(V)b}",
      "host: axb"
    ),
  ])
  func fieldsAreReached(fields: String, spec: String, printed: String) {
    let result = OverlayTree(
      """
      resources: [x.yaml]
      configurations: [fields.yaml]
      \(fields)
      ## fields.yaml
      namePrefix: [{path: spec/made, create: true}]
      nameSuffix: [{path: spec/late, create: true}]
      varReference: [{path: spec/host, kind: Pod}]
      ## x.yaml
      apiVersion: v1
      kind: Pod
      metadata: {name: x}
      spec: \(spec)
      """
    ).build()
    #expect(result.errors == [])
    #expect(result.text.contains("  \(printed)\n"))
  }
}
