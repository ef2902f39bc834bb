internal import SourceText

/// The entries of a generated ConfigMap or Secret.
struct KeyValueLoader {
  let loader: FileLoader

  /// Entries of a generator: environment files first, then literals, then files.
  func load(_ arguments: GeneratorArguments) throws(DiagnosticError) -> [KeyValue] {
    var pairs: [KeyValue] = []
    for entry in arguments.environments { pairs += try environmentFile(entry) }
    for entry in arguments.literals { pairs.append(try literal(entry)) }
    for entry in arguments.files { pairs.append(try file(entry)) }
    var seen: Set<ExactText> = []
    for pair in pairs where !seen.insert(ExactText(pair.key)).inserted {
      throw .located(
        "duplicate-key", "'\(arguments.name)' gets the key '\(pair.key)' twice", pair.span,
        detail: "Leave one of the two out.")
    }
    return pairs
  }

  /// `key=value`; a value in a pair of quotes loses them.
  private func literal(_ entry: Kustomization.Entry) throws(DiagnosticError) -> KeyValue {
    let text = Array(try reread(entry).utf8)
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")), equals > 0 else {
      throw .located(
        "malformed-literal", "a literal must be written key=value", entry.span,
        detail: "Write the key, an equals sign and the value; quotes around the value go.")
    }
    var value = text[(equals + 1)...]
    if value.count >= 2, let quote = value.first, quote == value.last,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    {
      value = value.dropFirst().dropLast()
    }
    return KeyValue(
      key: String(decoding: text[..<equals], as: UTF8.self), value: Array(value), span: entry.span)
  }

  /// The text of a literal, which the original writes and reads once before it takes it apart.
  private func reread(_ entry: Kustomization.Entry) throws(DiagnosticError) -> String {
    do throws(RereadText.Refusal) {
      return try RereadText.folded(entry.text) ?? entry.text
    } catch {
      throw .located(
        "not-writable", "in a literal: \(error.message)", entry.span,
        detail: "Keep such data in a file.")
    }
  }

  /// `path` or `key=path`; without a key the file's name is the key.
  private func file(_ entry: Kustomization.Entry) throws(DiagnosticError) -> KeyValue {
    let parts = entry.text.parts(between: "=")
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else {
      throw .located(
        "malformed-file-source", "a file source must be written path or key=path", entry.span)
    }
    let path = parts[parts.count - 1]
    let key = parts.count == 2 ? parts[0] : FilePath.name(of: path)
    let bytes = try loader.read(path, at: entry.span)
    return KeyValue(key: key, value: bytes, span: entry.span)
  }

  private func environmentFile(_ entry: Kustomization.Entry) throws(DiagnosticError) -> [KeyValue] {
    let bytes = try loader.read(entry.text, at: entry.span)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .located(
        "invalid-utf8", "the environment file '\(entry.text)' is not UTF-8", entry.span)
    }
    var pairs: [KeyValue] = []
    var lines = bytes[...]
    if lines.starts(with: [0xEF, 0xBB, 0xBF]) { lines = lines.dropFirst(3) }
    for line in lines.split(separator: 0x0A, omittingEmptySubsequences: true) {
      var line = line.last == 0x0D ? line.dropLast() : line
      line = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0B || $0 == 0x0C || $0 == 0x0D }
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      let equals = line.firstIndex(of: UInt8(ascii: "="))
      let key = String(decoding: line[..<(equals ?? line.endIndex)], as: UTF8.self)
      guard !key.isEmpty else { continue }
      let value = equals.map { Array(line[($0 + 1)...]) } ?? loader.environmentValue(key)
      pairs.append(KeyValue(key: key, value: value, span: entry.span))
    }
    return pairs
  }
}

/// One entry of a ConfigMap or Secret, and where it was written.
struct KeyValue {
  var key: String
  var value: [UInt8]
  var span: SourceSpan
}
