import OverlayKit
import Testing

/// Field paths of replacements.
@Suite struct ReplacementPathTests {
  private func build(_ path: String, create: Bool = false, source: String = "v") -> BuildResult {
    OverlayTree(
      """
      resources: [thing.yaml]
      replacements:
      - source: {kind: Thing, fieldPath: '\(source)'}
        targets:
        - select: {kind: Thing}
          fieldPaths: ['\(path)']
          options: {create: \(create)}
      ## thing.yaml
      apiVersion: x/v1
      kind: Thing
      metadata: {name: a, annotations: {a.b/c: old}}
      v: NEW
      p: [x, xy, z]
      l: [{n: ab, v: 1}, {n: b, v: 2}]
      m: {k: {d: old}, "s[0]": old}
      z: null
      """
    ).build()
  }

  @Test(arguments: [
    // A value in brackets is a regular expression that may match a part.
    ("p.[=x]", false, "p:\n- NEW\n- NEW\n- z\n"),
    ("p.1", false, "- x\n- NEW\n- z\n"),
    ("p.3", true, "- z\n- NEW\n"),
    ("p.*", false, "p:\n- NEW\n- NEW\n- NEW\n"),
    ("l.[n=^b$].n", false, "- \"n\": ab\n  v: 1\n- \"n\": NEW\n"),
    ("l.[n=new].v", true, "- \"n\": new\n  v: NEW\n"),
    ("metadata.annotations.a\\.b/c", false, "a.b/c: NEW\n"),
    ("metadata.annotations.[a.b/c]", false, "a.b/c: NEW\n"),
    ("m.s[0]", false, "s[0]: NEW\n"),
    (".m.k.d", false, "d: NEW\n"),
    ("m.k", false, "k: NEW\n"),
    ("new.-.x", true, "new:\n  '-':\n    x: NEW\n"),
    ("new.0.x", true, "new:\n- x: NEW\n"),
    // Nothing is made below a null.
    ("z.x", true, "z: null\n"),
  ])
  func leadsToATarget(path: String, create: Bool, expected: String) {
    let result = build(path, create: create)
    #expect(result.text.contains(expected), "\(result.text)\(result.diagnostics)")
  }

  @Test(arguments: [
    ("p.[x]", true), ("p.5", true), ("m.0", true), ("m.*", true), ("p.-", true), ("v.x", true),
    ("m..k", false), ("l.[n=(].v", true), ("new.*", true),
  ])
  func cannotBeFollowed(path: String, create: Bool) {
    #expect(build(path, create: create).errors == ["bad-field-path"])
  }

  @Test(arguments: ["m.none", "l.[n=none].v", "z"])
  func leadsNowhere(path: String) {
    let errors = build(path).errors
    #expect(errors == ["field-not-found"] || errors == ["not-writable"])
  }

  @Test(arguments: [
    ("p.-", "k: z\n"), ("p.0", "k: x\n"), ("l.[n=b].v", "k: 2\n"), ("m..k.d", "k: old\n"),
  ])
  func readsASource(source: String, expected: String) {
    let result = build("m.k", create: true, source: source)
    #expect(result.text.contains(expected), "\(result.text)\(result.diagnostics)")
  }

  @Test(arguments: [
    ("l.*.v", "bad-field-path"), ("z", "field-not-found"), ("m.0", "bad-field-path"),
  ])
  func refusesASource(source: String, error: String) {
    #expect(build("m.k", source: source).errors == [error])
  }

  /// What a replacement creates has no type until a strategic-merge patch comes by.
  @Test func createdScalarsBecomeTextWhenTheyAreMerged() {
    let result = OverlayTree(
      """
      resources: [base]
      patches:
      - patch: '{apiVersion: x/v1, kind: Thing, metadata: {name: a}, y: 1}'
      ## base/kustomization.yaml
      resources: [thing.yaml]
      replacements:
      - source: {kind: Thing, fieldPath: i}
        targets:
        - select: {kind: Thing}
          fieldPaths: [made, 'l.*.made']
          options: {create: true}
      ## base/thing.yaml
      {apiVersion: x/v1, kind: Thing, metadata: {name: a}, i: 5, l: [{}]}
      """
    ).build()
    #expect(result.text.contains("\nmade: \"5\"\n"))
    #expect(result.text.contains("\nl:\n- made: 5\n"))
  }
}
