import ImageTags
import Testing

@Suite struct GoTemplateTests {
  @Test(arguments: [
    ("{{.A | lower}}-{{.IMAGE_NAME}}", "x-img"), ("{{with .A}}{{.}}{{end}}", "X"),
    ("{{if .N}}a{{else if .A}}b{{else}}c{{end}}", "b"), ("{{- /* c */ -}} {{.A}}", "X"),
    ("{{default \"d\" .N | printf \"%-3s|\"}}", "d  |"), ("{{$v := .A}}{{$v}}", "X"),
    ("{{and .A (eq .A \"X\")}}", "true"), ("{{\"a/b\" | replace \"/\" \"-\"}}", "a-b"),
  ])
  func executesTemplates(template: String, expected: String) throws {
    let tag = try TemplateTagger.environmentTag(template, image: "img", environment: ["A": "X"])
    #expect(tag == expected)
  }

  @Test(arguments: [
    "{{.N}}", "{{.A", "{{.A.B}}", "{{nope}}", "{{if .A}}", "{{end}}", "{{range .A}}{{end}}",
    "{{range}}{{end}}", "{{break}}",
    "{{range $a, $b, $c := .A}}{{end}}", "{{$a = 1}}", "{{template \"x\"}}",
    "{{range 2000000}}{{end}}",
    "{{range 10000}}{{range 10000}}{{end}}{{end}}",
    "{{.N | upper}}", "{{repeat 1000000 \"ab\"}}", "{{(((.A}}", "{{ | upper}}", "{{\"a}}",
  ])
  func refusesBadTemplates(template: String) {
    #expect(throws: GoTemplate.Failure.self) {
      try TemplateTagger.environmentTag(template, image: "img", environment: ["A": "X"])
    }
  }

  @Test func customTemplatesKnowNoSprigAndNoMissingKeys() {
    for template in ["{{.B}}", "{{.A | upper}}"] {
      #expect(throws: GoTemplate.Failure.self) {
        try TemplateTagger.customTag(template, components: ["A": "a"])
      }
    }
  }

  /// A list, a map, a map by record, and a record that prints itself.
  private static let value = GoTemplate.Value.record([
    "List": .list([.string("a"), .string("b"), .string("c")]),
    "Map": .map(["y": .integer(2), "x": .integer(1)]),
    "ByRecord": .map([
      (key: .record(["Kind": .string("Job")]), value: .list([.bool(true)]))
    ]),
    "Name": .record(["First": .string("Ada")], printedAs: "Ada L."), "Empty": .list([]),
  ])

  @Test(arguments: [
    ("{{range .List}}{{.}},{{end}}", "a,b,c,"),
    ("{{range $i, $e := .List}}{{$i}}={{$e}} {{end}}", "0=a 1=b 2=c "),
    ("{{range $k, $v := .Map}}{{$k}}{{$v}}{{end}}", "x1y2"),
    ("{{range .Empty}}x{{else}}none{{end}}", "none"),
    ("{{range $o, $list := .ByRecord}}{{$o.Kind}}{{range $list}} {{.}}{{end}}{{end}}", "Job true"),
    ("{{range .List}}{{if eq . \"b\"}}{{continue}}{{end}}{{.}}{{end}}", "ac"),
    ("{{range .List}}{{if eq . \"b\"}}{{break}}{{end}}{{.}}{{end}}", "a"),
    ("{{$n := \"\"}}{{range .List}}{{$n = .}}{{end}}{{$n}}", "c"),
    ("{{range .List}}{{$.Name}} {{end}}", "Ada L. Ada L. Ada L. "), ("{{.Name.First}}", "Ada"),
    ("{{index .Map \"y\"}}{{index .List 1}}{{len .List}}{{len .Map}}", "2b32"),
    ("{{.List}} {{.Map}}", "[a b c] map[x:1 y:2]"), ("{{range 3}}{{.}}{{end}}", "012"),
    ("{{with .Map.z}}x{{else}}{{.Map.z}}{{end}}", "<no value>"),
  ])
  func executesForNestedValues(template: String, expected: String) throws {
    #expect(try GoTemplate(template).execute(Self.value) == expected)
  }

  @Test(arguments: [
    "{{.Name.Last}}", "{{index .List 9}}", "{{range .Name}}{{end}}", "{{.List.x}}",
    "{{range .List}}{{$x := .}}{{end}}{{$x}}",
  ])
  func refusesWhatValuesLack(template: String) {
    #expect(throws: GoTemplate.Failure.self) { try GoTemplate(template).execute(Self.value) }
  }
}
