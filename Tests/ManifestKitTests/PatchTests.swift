import ManifestKit
import SourceText
import Testing

@Suite struct PatchTests {
  private func apply(
    _ patch: String, to target: String,
    _ body: (ValueTree.NodeID, ValueTree.NodeID, inout ValueTree) throws -> ValueTree.NodeID?
  ) throws -> String? {
    var tree = ValueTree()
    let target = try tree.add(root(target))
    let patch = try tree.add(root(patch))
    guard let result = try body(target, patch, &tree) else { return nil }
    return tree.json(of: result).text()
  }

  @Test(arguments: [
    ("[{op: add, path: /b, value: 2}]", "{a: 1}", #"{"a":1,"b":2}"#),
    ("[{op: add, path: /l/0, value: x}]", "{l: [z]}", #"{"l":["x","z"]}"#),
    ("[{op: add, path: /l/-, value: x}]", "{l: [z]}", #"{"l":["z","x"]}"#),
    ("[{op: remove, path: /a~1b}]", "{a/b: 1, c: 2}", #"{"c":2}"#),
    ("[{op: replace, path: '', value: [1]}]", "{a: 1}", "[1]"),
    ("[{op: move, from: /a, path: /b/c}]", "{a: 1, b: {}}", #"{"b":{"c":1}}"#),
    ("[{op: copy, from: /a, path: /b}]", "{a: [1]}", #"{"a":[1],"b":[1]}"#),
    ("[{op: test, path: /a, value: 1.0}]", "{a: 1}", #"{"a":1}"#),
    ("[{op: test, path: /a, value: '1'}]", "{a: 1}", nil),
    ("[{op: test, path: /a, value: {y: 2, x: 1}}]", "{a: {x: 1, y: 2}}", #"{"a":{"x":1,"y":2}}"#),
    ("[{op: remove, path: /x}]", "{a: 1}", nil),
    ("[{op: add, path: /l/2, value: 1}]", "{l: [1]}", nil),
    ("[{op: add, path: /l/01, value: 1}]", "{l: [1, 2]}", nil),
    ("[{op: nope, path: /a}]", "{a: 1}", nil),
    ("[{op: add, path: a, value: 1}]", "{a: 1}", nil),
    ("[{op: move, from: /a, path: /a/b}]", "{a: {}}", nil),
  ])
  func jsonPatch(patch: String, target: String, expected: String?) throws {
    let result = try? apply(patch, to: target) { target, patch, tree in
      try JSONPatch(patch, in: tree).apply(to: target, in: &tree)
    }
    #expect(result ?? nil == expected)
  }

  @Test(arguments: [
    ("{a: null, b: {c: null, d: 1}}", "{a: 1, b: {c: 2}}", #"{"b":{"d":1}}"#),
    ("{a: [1]}", "{a: [2, 3]}", #"{"a":[1]}"#), ("[x]", "{a: 1}", #"["x"]"#),
    ("{a: {b: {c: null}}}", "{}", #"{"a":{"b":{}}}"#),
  ])
  func mergePatch(patch: String, target: String, expected: String) throws {
    let result = try apply(patch, to: target) { target, patch, tree in
      MergePatch.apply(patch, to: target, in: &tree)
    }
    #expect(result == expected)
  }

  private let head = "apiVersion: apps/v1\nkind: Deployment\nspec: "

  private func containers(_ text: String) -> String {
    "{template: {spec: {containers: \(text)}}}"
  }

  @Test(arguments: [
    ("[{name: b, image: z}]", "[{name: a}]", #"[{"name":"b","image":"z"},{"name":"a"}]"#),
    ("[{name: a, $patch: delete}]", "[{name: a}, {name: b}]", #"[{"name":"b"}]"#),
    ("[{$patch: replace}, {name: c}]", "[{name: a}]", #"[{"name":"c"}]"#),
    ("[{image: x}]", "[{name: a}]", nil), ("[{$patch: merge, name: a}]", "[{name: a}]", nil),
  ])
  func strategicMergeOfLists(patch: String, target: String, expected: String?) throws {
    let result = try? apply("spec: " + containers(patch), to: head + containers(target)) {
      target, patch, tree in try StrategicMergePatch().apply(patch, to: target, in: &tree)
    }
    let list = expected.map { #"{"template":{"spec":{"containers":\#($0)}}}}"# }
    #expect((result ?? "-").hasSuffix(list ?? "-"))
  }

  @Test func strategicMergeNeedsAKnownKind() throws {
    #expect(throws: PatchFailure.self) {
      try apply("{a: 1}", to: "{apiVersion: x/v1, kind: Y}") { target, patch, tree in
        try StrategicMergePatch().apply(patch, to: target, in: &tree)
      }
    }
  }

  @Test(arguments: [
    // Items of the patch come first; an item without the key wins over all others.
    (
      "[{name: c}, {name: a, image: x}]", "[{name: a}, {name: b}]",
      #"[{"name":"c"},{"name":"a","image":"x"},{"name":"b"}]"#
    ),
    ("[{name: a, image: x}]", "[{name: a}, {image: b}, {name: c}]", #"[{"image":"b"}]"#),
    ("[{name: b, $patch: delete}]", "[{name: a}, {name: b}]", #"[{"name":"a"}]"#),
    (
      "[{name: a, ports: [{containerPort: 80, name: h}]}]",
      "[{name: a, ports: [{containerPort: 80, protocol: UDP}, {containerPort: 80, protocol: TCP}]}]",
      #"[{"name":"a","ports":[{"containerPort":80,"protocol":"UDP"},{"containerPort":80,"protocol":"TCP"}]}]"#
    ),
  ])
  func kustomizeMergeOfLists(patch: String, target: String, expected: String) throws {
    let result = try apply("spec: " + containers(patch), to: head + containers(target)) {
      target, patch, tree in try KustomizeMerge().merge(patch, into: target, in: &tree)
    }
    #expect(result?.hasSuffix(#"{"template":{"spec":{"containers":\#(expected)}}}}"#) == true)
  }

  @Test func kustomizeMergesLongListsInOrder() throws {
    func list(_ range: some Sequence<Int>, _ image: String) -> String {
      "[" + range.map { "{name: c\($0), image: \(image)}" }.joined(separator: ", ") + "]"
    }
    let patch = list((1500..<3500).reversed(), "new")
    let target = list(0..<3000, "old")
    let result = try apply("spec: " + containers(patch), to: head + containers(target)) {
      target, patch, tree in try KustomizeMerge().merge(patch, into: target, in: &tree)
    }
    // The patch's order first, then what only the target has.
    let names = try root(result ?? "")["spec"]?["template"]?["spec"]?["containers"]?.elements
      .compactMap { $0["name"]?.text }
    #expect(names == ((1500..<3500).reversed() + Array(0..<1500)).map { "c\($0)" })
  }

  @Test(arguments: [
    // Several keys: what the target has comes last, in its own order.
    (
      "[{containerPort: 1, protocol: TCP, name: w}, {containerPort: 3, protocol: TCP}]",
      "[{containerPort: 2, protocol: TCP}, {containerPort: 1, protocol: TCP}]",
      #"[{"containerPort":3,"protocol":"TCP"},{"containerPort":2,"protocol":"TCP"},"#
        + #"{"containerPort":1,"protocol":"TCP","name":"w"}]"#
    ),
    (
      "[{containerPort: 1, protocol: TCP, $patch: delete}]",
      "[{containerPort: 1, protocol: TCP}, {containerPort: 1, protocol: UDP}]",
      #"[{"containerPort":1,"protocol":"UDP"}]"#
    ),
  ])
  func kustomizeMergesListsOfSeveralKeys(patch: String, target: String, expected: String) throws {
    func ports(_ list: String) -> String { containers("[{name: a, ports: \(list)}]") }
    let result = try apply("spec: " + ports(patch), to: head + ports(target)) {
      target, patch, tree in try KustomizeMerge().merge(patch, into: target, in: &tree)
    }
    #expect(result?.contains(#""ports":\#(expected)}"#) == true, "\(result ?? "")")
  }

  @Test(arguments: [
    ("{a: null}", "{a: 1, b: ~}", #"{"b":null}"#),
    ("{c: {d: null, e: {f: null}}}", "{}", #"{"c":{"e":{}}}"#),
    ("{a: {$patch: delete}}", "{a: {b: 1}}", "{}"),
    ("{a: {$patch: replace, c: 2}}", "{a: {b: 1}}", #"{"a":{"c":2}}"#),
    ("{$patch: delete}", "{a: 1}", nil), ("{a: {}}", "{a: {b: 1}}", #"{"a":{"b":1}}"#),
  ])
  func kustomizeMergeOfMappings(patch: String, target: String, expected: String?) throws {
    let result = try apply(patch, to: target) { target, patch, tree in
      try KustomizeMerge().merge(patch, into: target, in: &tree)
    }
    #expect(result == expected)
  }

  @Test func kustomizeMergeKeepsTheStyleOfTheTarget() throws {
    let result = try apply("{a: 6, b: '7'}", to: "{a: \"5\", b: 5}") { target, patch, tree in
      try KustomizeMerge().merge(patch, into: target, in: &tree)
    }
    #expect(result == #"{"a":"6","b":"7"}"#)
  }

  @Test(arguments: [
    ("{a: {b: 1}}", "{a: 1}"), ("{a: {$patch: x}}", "{a: {}}"), ("{a: [1]}", "{a: x}"),
  ])
  func kustomizeMergeRefusals(patch: String, target: String) throws {
    #expect(throws: KustomizeMerge.Failure.self) {
      try apply(patch, to: target) { target, patch, tree in
        try KustomizeMerge().merge(patch, into: target, in: &tree)
      }
    }
  }
}
