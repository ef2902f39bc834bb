import ManifestKit
import SourceText
import Testing

/// What `kubectl patch --local` 1.37 answers, where one would not guess it.
@Suite struct StrategicMergeTests {
  private let pod = """
    apiVersion: v1
    kind: Pod
    metadata:
      name: x
      finalizers: [f1, f2]
      ownerReferences: [{uid: u1}, {uid: u2}]
    spec:
      containers: [{name: a, image: i, args: [x], ports: [{containerPort: 80, name: http}]}]
      tolerations: [{key: k}]
    """

  /// The patched object without what it begins with, or `nil` where the patch is refused.
  private func patched(_ patch: String, _ target: String? = nil) throws -> YAMLNode? {
    var tree = ValueTree()
    let target = try tree.add(root(target ?? pod))
    let patch = try tree.add(root(patch))
    guard let result = try? StrategicMergePatch().apply(patch, to: target, in: &tree) else {
      return nil
    }
    return try root(CanonicalYAML.text(of: result, in: tree))
  }

  private func json(_ node: YAMLNode?) throws -> String? {
    guard let node else { return nil }
    var tree = ValueTree()
    let value = try tree.add(node)
    return tree.json(of: value).text()
  }

  @Test(arguments: [
    // A new value loses its nulls and the mappings that have `$patch`, whatever it says.
    ("{a: 1, b: null}", #"{"a":1}"#), ("{$patch: replace, a: 1}", nil),
    ("{$patch: bogus, a: 1}", nil), ("{$patch: null, a: 1}", #"{"a":1}"#),
    ("{q: {$patch: delete}, s: 1}", #"{"s":1}"#),
    ("{q: [{$patch: merge}, null, {a: null}]}", #"{"q":[null,{}]}"#),
    ("[{$patch: replace}, {b: 1}]", #"[{"b":1}]"#),
    // The other directives stay as data.
    ("{$retainKeys: [a], a: 1}", #"{"$retainKeys":["a"],"a":1}"#),
    ("{$setElementOrder/x: [a], x: [b]}", #"{"$setElementOrder/x":["a"],"x":["b"]}"#),
    ("{$deleteFromPrimitiveList/x: [a]}", #"{"$deleteFromPrimitiveList/x":["a"]}"#),
  ])
  func newValues(value: String, expected: String?) throws {
    let result = try #require(try patched("{metadata: {annotations: {n: \(value)}}}"))
    #expect(try json(result["metadata"]?["annotations"]?["n"]) == expected)
  }

  @Test func aNewItemOfAListIsTakenAsItIs() throws {
    let result = try patched("{spec: {containers: [{name: b, env: {$patch: replace, c: null}}]}}")
    let item = result?["spec"]?["containers"]?[0]
    #expect(try json(item) == #"{"env":{"$patch":"replace","c":null},"name":"b"}"#)
  }

  @Test(arguments: [
    ("[f2, f1]", #"["f2","f1"]"#), ("[f3]", #"["f3","f1","f2"]"#), ("[f1, f1]", #"["f1","f2"]"#),
    ("[]", #"["f1","f2"]"#),
    // Items of several types, and nulls, are refused.
    ("[7]", nil), ("[f1, 7]", nil), ("[null]", nil), ("[{a: 1}]", nil), ("[[f1]]", nil),
  ])
  func listsOfScalars(list: String, expected: String?) throws {
    let result = try patched("{metadata: {finalizers: \(list)}}")
    #expect(try json(result?["metadata"]?["finalizers"]) == expected)
  }

  @Test(arguments: [
    ("$deleteFromPrimitiveList/finalizers: [f1]", #"["f2"]"#),
    ("$deleteFromPrimitiveList/finalizers: [zz]", #"["f1","f2"]"#),
    ("$deleteFromPrimitiveList/finalizers: [f1, 7]", nil),
    ("$setElementOrder/finalizers: [f2, f1]", #"["f2","f1"]"#),
    ("$setElementOrder/finalizers: [f3, f1], finalizers: [f3]", #"["f3","f1","f2"]"#),
    ("$setElementOrder/finalizers: [f1], finalizers: [f3]", nil),
    ("$setElementOrder/finalizers: [f1, {a: 1}]", nil),
    ("$retainKeys: [name, finalizers]", #"["f1","f2"]"#), ("$retainKeys: [name]", "none"),
    ("$retainKeys: [[name]]", nil), ("$retainKeys: name", nil),
    ("$retainKeys: [name], finalizers: [f3]", nil),
  ])
  func directives(fields: String, expected: String?) throws {
    let result = try patched("{metadata: {\(fields)}}")
    let list = try result.map { try json($0["metadata"]?["finalizers"]) ?? "none" }
    #expect(list == expected)
  }

  @Test(arguments: [
    // Without a merge key there is nothing to order mappings by.
    "{spec: {$setElementOrder/tolerations: []}}", "{spec: {$setElementOrder/tolerations: [1.5]}}",
    // A merge key must be a single value, and the same kind of number.
    "{spec: {containers: [{name: [{}]}]}}", "{spec: {containers: [{name: a}, {image: b}]}}",
    "{kind: null}", "{kind: [a]}", "{$retainKeys: [metadata]}",
  ])
  func refused(patch: String) throws { #expect(try patched(patch) == nil) }

  @Test func anObjectNeedsItsKindOnly() throws {
    #expect(try patched("{$retainKeys: [kind]}")?.entries.map(\.key.text) == ["kind"])
    #expect(try patched("{apiVersion: null}")?["kind"]?.text == "Pod")
  }

  @Test func numbersOfTwoKindsAreTwoMergeKeys() throws {
    let ports = "{spec: {containers: [{name: a, ports: [{containerPort: 80.0, name: w}]}]}}"
    let result = try patched(ports)?["spec"]?["containers"]?[0]?["ports"]
    #expect(result?.count == 2)
  }

  @Test func definitionsAreLeftToTheServer() throws {
    let definition =
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {}\n"
    #expect(try patched("{spec: {group: x}}", definition) == nil)
  }

  @Test func longListsMergeInOrder() throws {
    let items = (0..<3000).map { "{name: v\($0), emptyDir: {}}" }.joined(separator: ", ")
    let target = "apiVersion: v1\nkind: Pod\nspec: {volumes: [\(items)]}\n"
    let patches = (0..<3000).reversed().map { "{name: v\($0), hostPath: {path: /x}}" }
    let result = try patched("{spec: {volumes: [\(patches.joined(separator: ", "))]}}", target)
    let volumes = try #require(result?["spec"]?["volumes"])
    #expect(volumes.count == 3000 && volumes[0]?["name"]?.text == "v2999")
    #expect(volumes[0]?["hostPath"] != nil && volumes[0]?["emptyDir"] != nil)
  }
}
