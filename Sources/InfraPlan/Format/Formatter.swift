public import SourceText

/// The canonical layout of native syntax: the same bytes as `terraform fmt`.
///
/// Only white space changes, and four spellings that have a canonical form: block labels are
/// quoted, `"${x}"` alone becomes `x`, and in a variable's type `list` becomes `list(any)` and
/// `"string"` becomes `string`.
public enum Formatter {
  /// The formatted bytes, or the syntax errors that forbid formatting. Linear in the file's size.
  public static func format(_ file: SourceFile, id: SourceFile.ID)
    -> Result<[UInt8], DiagnosticError>
  {
    let native = Scanner.scan(file.bytes)
    let (tree, problems) = SyntaxTree.parse(file, id: id, tokens: native)
    if problems.hasErrors {
      return .failure(DiagnosticError(problems.map { $0.naming { _ in file }.diagnostic }))
    }
    var rewriter = Rewriter(source: file.bytes, native: native)
    rewriter.collect(tree, tree.body, in: [])
    var tokens = rewriter.tokens()
    Layout.apply(&tokens)
    var output: [UInt8] = []
    output.reserveCapacity(file.bytes.count + file.bytes.count / 8)
    for token in tokens {
      for _ in 0..<token.spaces { output.append(Byte.space) }
      output.append(contentsOf: token.text)
    }
    return .success(output)
  }
}
