public import SourceText

extension YAMLStream {
  /// Reads a file.
  ///
  /// - Parameters:
  ///   - source: The file. JSON is read as the YAML it is.
  ///   - file: The number the file has in the caller's ``SourceText/SourceFiles``.
  ///   - limits: What the stream may cost.
  ///   - isStrict: Whether to refuse what the YAML specification forbids but most readers, those of
  ///     Kubernetes among them, let through: too little indentation inside quotes, tabs as
  ///     indentation inside brackets, directives without `...` before them, and the like.
  ///   - repairs: Whether to read valid YAML that libyaml, and with it Kubernetes' tools, refuse:
  ///     tabs between tokens, unknown directives, versions above 1.2, a `:` in the line behind its
  ///     key, text in brackets that begins with `:` or `?`.
  /// - Throws: one located diagnostic: `yaml-syntax`, `yaml-unknown-alias`, `yaml-encoding` or
  ///   `yaml-limit`.
  /// - Complexity: O(n) in the bytes.
  public init(
    parsing source: SourceFile, file: SourceFile.ID = SourceFile.ID(rawValue: 0),
    limits: YAMLLimits = YAMLLimits(), isStrict: Bool = false, repairs: Bool = false
  ) throws(DiagnosticError) {
    guard source.bytes.count <= min(limits.maximumBytes, Int(UInt32.max)) else {
      throw DiagnosticError(
        Diagnostic(
          "yaml-limit", .error, "the file has more than \(limits.maximumBytes) bytes",
          span: SourceSpan(file: file, bytes: 0..<0)))
    }
    func makeBuilder(_ placeholders: [Int] = []) -> YAMLTreeBuilder {
      YAMLTreeBuilder(
        file: file, byteCount: source.bytes.count, limits: limits, isStrict: isStrict,
        placeholders: placeholders)
    }
    var builder = makeBuilder()
    var failure: Diagnostic?
    if repairs {
      var repair = SyntaxRepair(source.bytes)
      failure = repair.bytes.withUnsafeBufferPointer { builder.read($0) }
      while let found = failure, repair.repair(found) {
        builder = makeBuilder(repair.placeholders)
        failure = repair.bytes.withUnsafeBufferPointer { builder.read($0) }
      }
    } else {
      failure = source.bytes.withUnsafeBufferPointer { builder.read($0) }
    }
    if let failure {
      throw DiagnosticError(SecretText.concealed([failure], in: source.bytes))
    }
    storage = YAMLStorage(
      source: source, file: file, nodes: builder.nodes, decoded: builder.decoded,
      documents: builder.documents, properties: builder.properties)
  }
}
