public import SourceText

/// Problems as `terraform validate -json` prints them.
public enum ValidationReport {
  /// The document.
  public static func json(_ problems: [Problem], files: SourceFiles) -> JSONValue {
    let errors = problems.count { $0.severity == .error }
    let contexts = BlockContexts()
    return .object([
      ("format_version", .string("1.0")), ("valid", .bool(errors == 0)),
      ("error_count", .integer(errors)), ("warning_count", .integer(problems.count - errors)),
      ("diagnostics", .array(problems.map { json($0, files: files, contexts) })),
    ])
  }

  /// One problem, with its range and a snippet of the file.
  public static func json(_ problem: Problem, files: SourceFiles) -> JSONValue {
    json(problem, files: files, BlockContexts())
  }

  private static func json(
    _ problem: Problem, files: SourceFiles, _ contexts: BlockContexts
  ) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("severity", .string(problem.severity == .error ? "error" : "warning")),
      ("summary", .string(problem.summary)), ("detail", .string(problem.detail)),
    ]
    if let address = problem.address { members.append(("address", .string(address))) }
    if problem.isOutsideFiles { members.append(("range", emptyRange)) }
    if var subject = problem.subject, let file = files[subject.file] {
      var snippet = problem.context ?? subject
      snippet.start = min(snippet.start, subject.start)
      snippet.end = max(snippet.end, subject.end)
      let lines = contexts.lines(of: file, subject.file)
      let isEmpty = subject.end <= subject.start
      if isEmpty { subject.end = subject.start + 1 }
      members.append(("range", range(subject, isEmpty, file, lines)))
      members.append(("snippet", self.snippet(problem, subject, snippet, file, lines, contexts)))
    }
    return .object(members)
  }

  /// A place before the first line of no file.
  private static var emptyRange: JSONValue {
    func place(_ offset: Int) -> JSONValue {
      .object([
        ("line", .integer(0)), ("column", .integer(offset)), ("byte", .integer(offset)),
      ])
    }
    return .object([("filename", .string("")), ("start", place(0)), ("end", place(1))])
  }

  private static func range(
    _ span: SourceSpan, _ wasEmpty: Bool, _ file: SourceFile, _ lines: LineIndex
  ) -> JSONValue {
    let start = lines.position(of: Int(span.start))
    func place(_ line: Int, _ column: Int, _ byte: Int) -> JSONValue {
      .object([("line", .integer(line)), ("column", .integer(column)), ("byte", .integer(byte))])
    }
    let end = lines.position(of: Int(span.end))
    return .object([
      ("filename", .string(file.name)), ("start", place(start.line, start.column, start.byte)),
      (
        "end",
        wasEmpty
          ? place(start.line, start.column + 1, start.byte + 1)
          : place(end.line, end.column, Int(span.end))
      ),
    ])
  }

  private static func snippet(
    _ problem: Problem, _ subject: SourceSpan, _ span: SourceSpan, _ file: SourceFile,
    _ lines: LineIndex, _ contexts: BlockContexts
  ) -> JSONValue {
    let first = lines.lineNumber(of: Int(span.start))
    let last = max(first, lines.lineNumber(of: Int(span.end)))
    let low = Int(span.start)
    let high = max(Int(span.end), low + 1)
    // A line counts if it shares a byte with the range, or the range ends inside it; empty lines
    // never do.
    let shown = (first...last).filter { number in
      let line = lines.bytes(ofLine: number)
      return !line.isEmpty
        && (line.contains(low) || line.contains(high)
          || line.lowerBound >= low && line.lowerBound < high
          || line.upperBound >= low && line.upperBound < high)
    }
    let text = shown.map { lines.text(ofLine: $0) }.joined(separator: "\n")
    let base = lines.bytes(ofLine: shown.first ?? first).lowerBound
    let length = text.utf8.count
    func clamp(_ offset: Int) -> Int { min(max(0, offset), length) }
    let start = clamp(Int(subject.start) - base)
    let context = contexts.text(in: file, subject.file, at: Int(subject.start) - 1)
    var members: [(String, JSONValue)] = [
      ("context", context.map { .string($0) } ?? .null), ("code", .string(text)),
      ("start_line", .integer(first)), ("highlight_start_offset", .integer(start)),
      (
        "highlight_end_offset",
        .integer(clamp(Int(subject.start) - base + Int(subject.end - subject.start)))
      ),
      (
        "values",
        .array(
          problem.values.map {
            .object([("traversal", .string($0.traversal)), ("statement", .string($0.statement))])
          })
      ),
    ]
    if let name = problem.functionCall, let call = FunctionSignature.json(name) {
      members.append(("function_call", call))
    }
    return .object(members)
  }
}

/// Where in a file's structure a place is: the header of the outermost block around it, or the path
/// of JSON members.
///
/// A class, as each file is read once for all problems of a report.
private final class BlockContexts {
  private var lines: [SourceFile.ID: LineIndex] = [:]
  private var trees: [SourceFile.ID: SyntaxTree] = [:]
  private var documents: [SourceFile.ID: JSONValue] = [:]

  func lines(of file: SourceFile, _ id: SourceFile.ID) -> LineIndex {
    if let known = lines[id] { return known }
    let index = LineIndex(file)
    lines[id] = index
    return index
  }

  private func tree(of file: SourceFile, _ id: SourceFile.ID) -> SyntaxTree {
    if let known = trees[id] { return known }
    let tree = SyntaxTree.parse(file, id: id).0
    trees[id] = tree
    return tree
  }

  private func document(of file: SourceFile, _ id: SourceFile.ID) -> JSONValue {
    if let known = documents[id] { return known }
    let document = (try? JSONValue(parsing: file.bytes)) ?? JSONReader.read(file.bytes, file: id).0
    documents[id] = document
    return document
  }

  /// The path of the innermost JSON object around a place.
  private func path(in document: JSONValue, at offset: Int) -> String? {
    var current = document
    var text = ""
    if let elements = current.elements,
      let index = elements.firstIndex(where: { $0.range.contains(offset) })
    {
      text = "[\(index)]"
      current = elements[index]
    }
    descend: while true {
      for member in current.members ?? [] where member.value.range.contains(offset) {
        if member.value.members != nil {
          text += (text.isEmpty ? "" : ".") + member.name
          current = member.value
          continue descend
        }
        let elements = member.value.elements ?? []
        if let index = elements.firstIndex(where: { $0.range.contains(offset) }),
          elements[index].members != nil
        {
          text += (text.isEmpty ? "" : ".") + member.name + "[\(index)]"
          current = elements[index]
          continue descend
        }
        if member.value.elements != nil { return (text.isEmpty ? "" : text + ".") + member.name }
      }
      return text.isEmpty || text.hasPrefix("[") && !text.contains(".") ? nil : text
    }
  }

  func text(in file: SourceFile, _ id: SourceFile.ID, at offset: Int) -> String? {
    if file.name.hasSuffix(".json") { return path(in: document(of: file, id), at: offset) }
    for block in tree(of: file, id).body.blocks
    where Int(block.typeSpan.start) <= offset && offset < Int(block.closeSpan.end) {
      return block.type + block.labels.map { " " + Quoting.goQuoted($0) }.joined()
    }
    return nil
  }
}

/// What a function expects, told beside a failed call.
private enum FunctionSignature {
  static func json(_ name: String) -> JSONValue? {
    let short = name.split(separator: ":").last.map(String.init) ?? name
    var members: [(String, JSONValue)] = [("called_as", .string(name))]
    let provider = name.hasPrefix(FunctionTable.builtInNamespace)
    if let function = provider
      ? FunctionTable.providerFunctions[short] : FunctionTable().function(short)
    {
      var signature: [(String, JSONValue)] = [("name", .string(short))]
      func parameter(_ parameter: Function.Parameter) -> JSONValue {
        .object([("name", .string(parameter.name)), ("type", parameter.type.json)])
      }
      let samples = (function.parameters + [function.rest].compactMap { $0 })
        .map { Value.unknown($0.type) }
      let result = (try? function.resultType(samples)) ?? .dynamic
      signature.append(("return_type", result.json))
      signature.append(("params", .array(function.parameters.map(parameter))))
      if let rest = function.rest { signature.append(("variadic_param", parameter(rest))) }
      members.append(("signature", .object(signature)))
    }
    return .object(members)
  }
}
