import InfraExercise
import TestSupport
import Testing

/// Formatting keeps the tree and is idempotent, for every Terraform file of the project.
@Suite struct FidelityTests {
  private static let files = Repository.files(below: "Fixtures", withExtension: "tf")

  @Test func thereAreFiles() { #expect(!Self.files.isEmpty) }

  @Test(arguments: files) func formattingKeepsTheTree(path: String) throws {
    // A file that cannot be formatted would prove nothing.
    #expect(try InfraExercise.layout(try Repository.bytes(path)))
  }

  @Test(arguments: [
    "a=1\nbb = [1,\n2]\n", "x = \"${a.b}\"\n", "b \"l\" {\na=<<-E\n  x ${y}\n  E\n}\n",
    "a = (1 +\n2)\n", "a = \"${true ?\n1 : 2}\"\n",
    "a = {b=1,\n c = 2}\n", "# c\n\n\na = x ? y : z # d\n", "a = f(1,2...)\n",
    "a = [for x in y: x if z]\n",
    "variable \"v\" {\n  type = \"list\"\n}\n", "a = -1*-2\nb = !c&&d\n", "a = x[ 0 ].b [*] . c\n",
    "a = \"${\"${\"${--b}\"}\"}\"\n",
  ])
  func formattingKeepsTheTreeOf(_ text: String) throws {
    #expect(try InfraExercise.layout(Array(text.utf8)))
  }
}
