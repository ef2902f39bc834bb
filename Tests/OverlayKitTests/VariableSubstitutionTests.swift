import OverlayKit
import Testing

@Suite struct VariableSubstitutionTests {
  static let variables = [
    "name": "web", "empty": "", "image": "reg.example.com/team/web:v1.2.3", "word": "größe",
  ]

  @Test(arguments: [
    ("plain $name $(date)", "plain $name $(date)"),
    ("${name}-${missing}", "web-"),
    ("$${name} $$ $$$${name}", "${name} $ $$" + "{name}"),
    ("${missing:-${name}-x}", "web-x"),
    ("${empty:=d} ${name:=d} ${missing=d}", "d web d"),
    ("${name:+other} ${missing:?other}", "web other"),
    ("${name^} ${name^^} ${word,}", "Web WEB größe"),
    ("${#word}", "7"),
    ("${image##*:} ${image%:*} ${image#*/}", "v1.2.3 reg.example.com/team/web team/web:v1.2.3"),
    ("${image%%/*}", "reg.example.com"),
    ("${name/e/E} ${image//e/E}", "wEb rEg.ExamplE.com/tEam/wEb:v1.2.3"),
    ("${name/#w/W} ${name/%b/B} ${name/%x/B}", "Web weB web"),
    ("${image/\\/team\\//:}", "reg.example.com:web:v1.2.3"),
    ("${name:1} ${name:0:2} ${name:9} ${name:x}", "eb we  web"),
  ])
  func expands(text: String, expected: String) throws {
    #expect(try VariableSubstitution(text).expand(Self.variables) == expected)
  }

  @Test(arguments: [
    ("a ${", 2), ("${}", 0), ("${ name }", 0), ("${name-x}", 0), ("${name", 0), ("x${name#}", 1),
    ("${name/a}", 0), ("${##}", 0), ("${name^^^}", 0), ("${name:1:-1}", 0),
  ])
  func refusesWithThePlace(text: String, offset: Int) {
    let failure = #expect(throws: VariableSubstitution.Failure.self) {
      try VariableSubstitution(text).expand(Self.variables)
    }
    #expect(failure?.offset == offset)
  }

  @Test func strictWantsAValueOrADefault() throws {
    let failure = #expect(throws: VariableSubstitution.Failure.self) {
      try VariableSubstitution("ok ${missing^}").expand(Self.variables, strict: true)
    }
    #expect(failure?.message == "variable not set: 'missing'")
    #expect(failure?.offset == 3)
    let text = try VariableSubstitution("${missing:-d}").expand([:], strict: true)
    #expect(text == "d")
  }

  @Test func deepNestingIsRefused() {
    let deep = String(repeating: "${a:=", count: 10_000)
    #expect(throws: VariableSubstitution.Failure.self) { try VariableSubstitution(deep) }
  }
}
