import InfraPlan
import SourceText
import Testing

@Suite struct FormatterTests {
  private func format(_ text: String) -> String? {
    let file = SourceFile(name: "main.tf", text: text)
    switch Formatter.format(file, id: SourceFile.ID(rawValue: 0)) {
    case .success(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .failure: return nil
    }
  }

  static let cases: [(input: String, output: String)] = [
    ("a=1\n", "a = 1\n"),
    ("a = 1\nlonger = 2 # c\n", "a      = 1\nlonger = 2 # c\n"),
    ("b x   y{\na=1\n}\n", "b \"x\" \"y\" {\n  a = 1\n}\n"),
    ("a = \"${var.x}\"\n", "a = var.x\n"),
    ("variable \"v\" {\n  type = \"list\"\n}\n", "variable \"v\" {\n  type = list(string)\n}\n"),
    ("a = [\n1,\n  2\n]\n", "a = [\n  1,\n  2\n]\n"),
    ("a = !  x && - 1 < 2\n", "a = !x && -1 < 2\n"),
    ("a = <<EOT\n   kept\nEOT\n", "a = <<EOT\n   kept\nEOT\n"),
    ("a = {b=1,c = 2}\n", "a = { b = 1, c = 2 }\n"),
  ]

  @Test(arguments: cases)
  func layoutIsCanonical(_ input: String, _ output: String) {
    #expect(format(input) == output)
  }

  @Test(arguments: cases)
  func formattingTwiceChangesNothing(_ input: String, _ output: String) {
    #expect(format(output) == output)
  }

  @Test func oneOfSeveralInterpolationsGoesEachTime() {
    #expect(format("a = \"${\"${b}\"}\"\n") == "a = \"${b}\"\n")
  }

  @Test func syntaxErrorsForbidFormatting() {
    #expect(format("a = \n") == nil)
  }
}
