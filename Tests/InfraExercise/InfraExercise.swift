internal import InfraPlan
internal import SourceText

/// What every input must survive, and the promises that must hold for it.
///
/// The first byte chooses what the rest is: native syntax, a module's only file in native or JSON
/// syntax, or an expression.
public enum InfraExercise {
  /// A promise that does not hold.
  public struct Breach: Error {
    /// Which one.
    public var promise: String
  }

  /// Longer inputs are slow, not interesting.
  private static let limit = 1 << 16

  private static let id = SourceFile.ID(rawValue: 0)

  /// What is exercised.
  public enum Subject: String, Sendable {
    /// Scanner, parser, formatter and the reading of modules in both syntaxes.
    case language
    /// The evaluation of an expression.
    case evaluation
  }

  /// Exercises an input; without a subject its first byte chooses one.
  public static func run(_ input: [UInt8], subject: Subject? = nil) throws(Breach) {
    guard let choice = input.first, input.count <= limit else { return }
    let bytes = Array(input.dropFirst())
    switch (subject, choice % 4) {
    case (.evaluation, _), (nil, 3): expression(bytes)
    case (_, 1): configuration(bytes, name: "main.tf")
    case (_, 2): configuration(bytes, name: "main.tf.json")
    default: try layout(bytes)
    }
  }

  /// Formatting is idempotent, and what it changes is layout. Returns whether the text could be
  /// formatted at all.
  @discardableResult
  public static func layout(_ bytes: [UInt8]) throws(Breach) -> Bool {
    // The original, too, makes one number of '0. 1'.
    if hasTornNumber(bytes) { return false }
    let file = SourceFile(name: "main.tf", bytes: bytes)
    let (tree, problems) = SyntaxTree.parse(file, id: id)
    guard case .success(let formatted) = Formatter.format(file, id: id), !problems.hasErrors else {
      return false
    }
    let again = SourceFile(name: "main.tf", bytes: formatted)
    let (second, found) = SyntaxTree.parse(again, id: id)
    try require(!found.hasErrors, "the formatted text parses")
    try require(
      outline(tree.json(lines: LineIndex(file))) == outline(second.json(lines: LineIndex(again))),
      "formatting keeps the tree")
    // One of several interpolations around an expression goes each time, as in the original.
    var last = formatted
    for _ in 0...interpolations(second.json(lines: LineIndex(again))).most {
      let file = SourceFile(name: "main.tf", bytes: last)
      guard case .success(let next) = Formatter.format(file, id: id) else {
        throw Breach(promise: "the formatted text can be formatted")
      }
      if next == last { return true }
      last = next
    }
    throw Breach(promise: "formatting twice changes nothing")
  }

  /// How many interpolations stand around an expression with nothing between them: around this one,
  /// and at most.
  private static func interpolations(_ json: JSONValue) -> (here: Int, most: Int) {
    var (here, most) = (0, 0)
    let isInterpolation = json["k"]?.stringValue == "template-wrap"
    for value in json.elements ?? [] { most = max(most, interpolations(value).most) }
    for member in json.members ?? [] {
      let inner = interpolations(member.value)
      most = max(most, inner.most)
      if isInterpolation, member.name == "wrapped" { here = inner.here + 1 }
    }
    return (here, max(here, most))
  }

  /// Whether a digit, a point and a digit stand in a row with spaces between them.
  private static func hasTornNumber(_ bytes: [UInt8]) -> Bool {
    func isDigit(_ byte: UInt8?) -> Bool { byte.map { 0x30...0x39 ~= $0 } ?? false }
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    return bytes.indices.contains { point in
      guard bytes[point] == UInt8(ascii: ".") else { return false }
      let before = bytes[..<point]
      let after = bytes[(point + 1)...]
      let isTorn = before.last.map(isSpace) ?? false || after.first.map(isSpace) ?? false
      return isTorn && isDigit(before.last { !isSpace($0) })
        && isDigit(after.first { !isSpace($0) })
    }
  }

  /// Loading, checking and planning come to an end.
  public static func configuration(_ bytes: [UInt8], name: String) {
    var files = MemoryFileSystem()
    files.add("/m/" + name, bytes)
    let configuration = Configuration.load(folder: "/m", files: files)
    let table = FunctionTable(baseFolder: "/m", files: files)
    _ = configuration.validate(functions: table)
    _ = configuration.unusedDeclarations()
  }

  /// Evaluation comes to an end, and a value can be shown.
  public static func expression(_ bytes: [UInt8]) {
    var session = ExpressionSession(functions: FunctionTable(files: MemoryFileSystem()))
    _ = session.define("unknown", type: "string", value: .unknown())
    _ = session.define("list", type: "list(string)", value: .null())
    let answer = session.evaluate(String(decoding: bytes, as: UTF8.self))
    if !answer.problems.hasErrors { _ = answer.value.json.text() }
  }

  private static func require(_ holds: Bool, _ promise: String) throws(Breach) {
    if !holds { throw Breach(promise: promise) }
  }

  /// The tree without places, and without what the formatter may take away: the interpolation
  /// around a single expression, and the quotes of an old-fashioned type.
  private static func outline(_ json: JSONValue) -> String {
    if let members = json.members {
      if json["k"]?.stringValue == "template-wrap", let inner = json["wrapped"] {
        return outline(inner)
      }
      // That expression may get parentheses, if it has more than one line. Lost ones would show in
      // the shape of what is around them.
      if json["k"]?.stringValue == "parens", let inner = json["expr"] { return outline(inner) }
      if json["name"]?.stringValue == "type" { return "type" }
      return "{"
        + members.filter { $0.name != "r" && !$0.name.hasSuffix("_r") }
        .map { $0.name + ":" + outline($0.value) }.joined(separator: ",") + "}"
    }
    if let elements = json.elements {
      return "[" + elements.map(outline).joined(separator: ",") + "]"
    }
    return json.text()
  }
}
