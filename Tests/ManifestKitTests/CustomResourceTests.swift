import ManifestKit
import SourceText
import Testing

/// What the schemas of custom resources demand, keyword by keyword.
@Suite struct CustomResourceTests {
  /// The findings in `spec: {v: …}` where the definition has this schema for `v`.
  private func findings(
    _ schema: String, _ value: String, notes: Bool = false
  ) throws -> [String] {
    let definition = """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: widgets.x.io}
      spec:
        group: x.io
        scope: Namespaced
        names: {kind: Widget, plural: widgets}
        versions:
        - name: v1
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec: {type: object, properties: {v: \(schema)}}

      """
    let table = SchemaTable(customResources: try stream(definition).documents)
    var validator = ManifestValidator(schemas: [table])
    validator.matches = { pattern, text in
      (try? Regex(pattern)).map { text.contains($0) }
    }
    validator.notesUnevaluated = notes
    let object = "apiVersion: x.io/v1\nkind: Widget\nmetadata: {name: w}\nspec: {v: \(value)}\n"
    return try stream(object).documents.flatMap { validator.verdicts(of: $0) }
      .flatMap(\.diagnostics).map { "\($0.id) \($0.summary)" }
  }

  @Test(arguments: [
    (
      "{type: object, properties: {a: {type: integer}, b: {type: string}}, allOf: [{properties: {a: {minimum: 1}}}]}",
      "{a: 2, b: x}"
    ),
    (
      "{type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}",
      "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: b}}, spec: {}}"
    ), ("{type: number}", "1.5"),
    ("{type: string, pattern: '^a+$'}", "aa"), ("{type: string, minLength: 2, maxLength: 2}", "éé"),
    ("{type: integer, minimum: 1, maximum: 2}", "2"), ("{type: integer, multipleOf: 5}", "10"),
    ("{type: number, multipleOf: 0.1}", "0.3"), ("{type: integer, enum: [1, 2]}", "2"),
    ("{type: array, items: {type: integer}, minItems: 1, maxItems: 2}", "[1, 2]"),
    ("{type: array, items: {type: string}, x-kubernetes-list-type: set}", "[a, b]"),
    ("{type: array, items: {type: string}, x-kubernetes-list-type: atomic}", "[a, a]"),
    (
      "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k, l], "
        + "items: {type: object, properties: {k: {type: string}, l: {type: string}}}}",
      "[{k: a, l: b}, {k: a, l: c}, {k: a}]"
    ),
    ("{type: object, additionalProperties: {type: string}, maxProperties: 1}", "{a: b}"),
    ("{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}", "80"),
    ("{x-kubernetes-int-or-string: true, pattern: '^[0-9]+%$'}", "80%"),
    (
      "{type: object, properties: {a: {type: string}, b: {type: string}}, "
        + "oneOf: [{required: [a]}, {required: [b]}]}", "{a: x}"
    ),
    ("{type: string, not: {enum: [a]}}", "b"), ("{type: string, allOf: [{minLength: 1}]}", "b"),
    ("{type: string, anyOf: [{pattern: '^a'}, {pattern: 'z$'}]}", "bz"),
    ("{type: string, nullable: true, pattern: '^a'}", "null"),
    ("{type: integer, minimum: 1, exclusiveMinimum: true}", "2"),
  ])
  func whatFits(schema: String, value: String) throws {
    #expect(try findings(schema, value) == [])
  }

  /// Metadata is checked like that of any object, and JSON has no infinity.
  @Test(arguments: [
    (
      "{type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}",
      "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: 5}}, spec: {}}"
    ), ("{type: integer}", ".inf"), ("{type: number}", ".nan"),
  ])
  func isNotFitting(schema: String, value: String) throws {
    #expect(try findings(schema, value).count == 1)
  }

  @Test(arguments: [
    (
      "{type: string, pattern: '^a+$'}", "ab",
      "invalid-value /spec/v must be text that matches '^a+$', not 'ab'"
    ),
    (
      "{type: string, minLength: 2}", "a",
      "invalid-value /spec/v must be at least 2 characters long, not 1"
    ),
    (
      "{type: string, maxLength: 2}", "abc",
      "invalid-value /spec/v must be at most 2 characters long, not 3"
    ),
    (
      "{type: integer, multipleOf: 5}", "12",
      "invalid-value /spec/v must be a multiple of 5.0, not 12"
    ),
    ("{type: integer, enum: [1, 2]}", "3", "invalid-value /spec/v must be one of 1, 2, not 3"),
    (
      "{type: boolean, enum: [true]}", "false",
      "invalid-value /spec/v must be one of true, not false"
    ),
    (
      "{type: integer, minimum: 1, exclusiveMinimum: true}", "1",
      "invalid-value /spec/v must be more than 1, not 1"
    ),
    (
      "{type: number, maximum: 1.5, exclusiveMaximum: true}", "1.5",
      "invalid-value /spec/v must be less than 1.5, not 1.5"
    ),
    (
      "{type: array, items: {type: integer}, minItems: 1}", "[]",
      "invalid-value /spec/v must be at least 1 items long, not 0"
    ),
    (
      "{type: array, items: {type: integer}, maxItems: 1}", "[1, 2]",
      "invalid-value /spec/v must be at most 1 items long, not 2"
    ),
    (
      "{type: array, items: {type: string}, x-kubernetes-list-type: set}", "[a, b, a]",
      "duplicate-item /spec/v/2 must be an item unlike those before it: the item is there twice"
    ),
    (
      "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], "
        + "items: {type: object, properties: {k: {type: string}}}}", "[{k: a}, {k: a}]",
      "duplicate-item /spec/v/1 must be an item unlike those before it: k=\"a\" is there twice"
    ),
    (
      "{type: object, additionalProperties: {type: string}, maxProperties: 1}", "{a: b, c: d}",
      "invalid-value /spec/v must be at most 1 fields long, not 2"
    ),
    (
      "{x-kubernetes-int-or-string: true}", "[1]",
      "wrong-type /spec/v must be text or a whole number, not a list"
    ),
    (
      "{type: object, properties: {a: {type: string}, b: {type: string}}, "
        + "oneOf: [{required: [a]}, {required: [b]}]}", "{a: x, b: z}",
      "wrong-type /spec/v must be what exactly one of 2 alternatives allows, not what 2 do"
    ),
    (
      "{type: string, not: {enum: [a]}}", "a",
      "invalid-value /spec/v must be something else, not what the schema rules out"
    ),
    (
      "{type: string, allOf: [{minLength: 2}]}", "b",
      "invalid-value /spec/v must be at least 2 characters long, not 1"
    ),
    (
      "{type: string, anyOf: [{pattern: '^a'}, {pattern: 'z$'}]}", "b",
      "invalid-value /spec/v must be what one of 2 alternatives allows, not what none does"
    ),
  ])
  func whatDoesNot(schema: String, value: String, expected: String) throws {
    #expect(try findings(schema, value) == [expected])
  }

  @Test func rulesAreNotedOnlyWhenAsked() throws {
    let schema = "{type: string, pattern: '(?<', x-kubernetes-validations: [{rule: self != 'a'}]}"
    #expect(try findings(schema, "b") == [])
    #expect(
      try findings(schema, "b", notes: true) == [
        "pattern-not-evaluated /spec/v has a pattern that is not evaluated here",
        "rule-not-evaluated /spec/v has a rule that is not evaluated here",
      ])
  }

  @Test func manyRepeatedKeysTakeNoLonger() throws {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n"
    let keys = (0..<20_000).map { "  k\($0): a\n" }.joined()
    let clock = ContinuousClock()
    let parsed = try stream(text + keys + keys)
    let start = clock.now
    let verdicts = ManifestValidator().verdicts(of: parsed.documents[0])
    #expect(verdicts.flatMap(\.diagnostics).count == 20_000)
    #expect(clock.now - start < .seconds(5))
  }
}
