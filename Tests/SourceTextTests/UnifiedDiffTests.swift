import SourceText
import Testing

@Suite struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String, context: Int = 1) -> String {
    UnifiedDiff.text(old: Array(old.utf8), new: Array(new.utf8), path: "f.yaml", context: context)
  }

  @Test func equalTextsHaveNone() {
    #expect(diff("a\n", "a\n") == "")
  }

  @Test func showsChangedLinesInContext() {
    let expected = """
      --- a/f.yaml
      +++ b/f.yaml
      @@ -2,3 +2,3 @@
       b
      -c
      +C
       d

      """
    #expect(diff("a\nb\nc\nd\ne\n", "a\nb\nC\nd\ne\n") == expected)
  }

  @Test func distantChangesAreSeparateHunks() {
    let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n"
    let text = diff(old, "X\n2\n3\n4\n5\n6\n7\n8\nY\n")
    #expect(text.contains("@@ -1,2 +1,2 @@\n-1\n+X\n 2\n"))
    #expect(text.contains("@@ -8,2 +8,2 @@\n 8\n-9\n+Y\n"))
  }

  @Test func saysWhereTheFinalNewlineIsMissing() {
    let expected = """
      --- a/f.yaml
      +++ b/f.yaml
      @@ -1 +1 @@
      -a
      \\ No newline at end of file
      +a

      """
    #expect(diff("a", "a\n") == expected)
  }

  @Test func additionsToAnEmptyFile() {
    #expect(diff("", "a\n") == "--- a/f.yaml\n+++ b/f.yaml\n@@ -0,0 +1 @@\n+a\n")
  }
}
