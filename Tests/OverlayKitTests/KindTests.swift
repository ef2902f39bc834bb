import OverlayKit
import Testing

/// What a build knows about kinds: which live in namespaces, and how their lists merge.
@Suite struct KindTests {
  /// Whether an object of a kind is given a namespace.
  @Test(arguments: [
    ("apps/v1", "Deployment", true), ("rbac.authorization.k8s.io/v1", "ClusterRole", false),
    ("rbac.authorization.k8s.io/v1alpha1", "ClusterRole", true), ("v1", "Node", false),
    ("v2", "Node", true), ("authentication.k8s.io/v1", "TokenReview", true),
    ("policy/v1beta1", "PodSecurityPolicy", false),
    ("extensions/v1beta1", "PodSecurityPolicy", true), ("example.com/v1", "Anything", true),
  ])
  func namespacesAreForKindsOfKubernetes(apiVersion: String, kind: String, isNamespaced: Bool) {
    let result = OverlayTree(
      """
      namespace: live
      resources: [x.yaml]
      ## x.yaml
      apiVersion: \(apiVersion)
      kind: \(kind)
      metadata: {name: x}
      """
    ).build()
    #expect(result.text.contains("namespace: live") == isNamespaced)
  }

  /// A path of the OpenAPI document, and whether its kind is given a namespace.
  @Test(arguments: [
    (#"{"/x/{name}": {"get": {"x-kubernetes-group-version-kind": KIND}}}"#, false),
    (#"{"/x": {"get": {"x-kubernetes-group-version-kind": KIND}}}"#, false),
    (#"{"/namespaces/{namespace}/x": {"get": {"x-kubernetes-group-version-kind": KIND}}}"#, true),
    (#"{"/x": {"post": {"x-kubernetes-group-version-kind": KIND}}}"#, true),
    (
      """
      {"/x": {"get": {"x-kubernetes-group-version-kind": KIND}},
      "/namespaces/{namespace}/x": {"get": {"x-kubernetes-group-version-kind": KIND}}}
      """, true
    ),
  ])
  func pathsOfAnOpenAPIDocumentSayTheScope(paths: String, isNamespaced: Bool) {
    let kind = #"{"group": "example.com", "version": "v1", "kind": "Widget"}"#
    let result = OverlayTree(
      """
      namespace: live
      openapi: {path: schema.json}
      resources: [x.yaml]
      ## x.yaml
      apiVersion: example.com/v1
      kind: Widget
      metadata: {name: x}
      ## schema.json
      {"paths": \(paths.replacing("KIND", with: kind))}
      """
    ).build()
    #expect(result.errors == [])
    #expect(result.text.contains("namespace: live") == isNamespaced)
  }

  /// What is read before the kustomization that names a document, and whether the document's
  /// references to built-in definitions lead anywhere.
  @Test(arguments: [
    ("", "v1", "ConfigMap", false), ("", "example.com/v1", "Other", true),
    ("namespace: a", "apps/v1", "Deployment", false),
    (
      #"patches: [{patch: '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "o"}}'}]"#,
      "v1", "ConfigMap", true
    ),
  ])
  func definitionsAreBuiltInWhereTheSchemaWasAskedBefore(
    fields: String, apiVersion: String, kind: String, merges: Bool
  ) {
    let result = OverlayTree(
      """
      resources: [other, base]
      patches: [{path: patch.yaml}]
      ## patch.yaml
      apiVersion: example.com/v1
      kind: Widget
      metadata: {name: w}
      spec: {template: {spec: {containers: [{name: a, image: new}]}}}
      ## other/kustomization.yaml
      resources: [o.yaml]
      \(fields)
      ## other/o.yaml
      apiVersion: \(apiVersion)
      kind: \(kind)
      metadata: {name: o}
      ## base/kustomization.yaml
      resources: [w.yaml]
      openapi: {path: schema.json}
      ## base/w.yaml
      apiVersion: example.com/v1
      kind: Widget
      metadata: {name: w}
      spec: {template: {spec: {containers: [{name: a, image: old, command: [kept]}]}}}
      ## base/schema.json
      {"definitions": {"w": {"type": "object", "properties": {"spec": {"type": "object", "properties":
      {"template": {"$ref": "#/definitions/io.k8s.api.core.v1.PodTemplateSpec"}}}},
      "x-kubernetes-group-version-kind":
      [{"group": "example.com", "version": "v1", "kind": "Widget"}]}}}
      """
    ).build()
    #expect(result.errors == [])
    #expect(result.text.contains("image: new"))
    #expect(result.text.contains("kept") == merges)
  }
}
