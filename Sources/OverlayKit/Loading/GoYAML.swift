internal import ManifestKit
internal import SourceText

/// What the original's YAML reader refuses and the YAML standard allows.
enum GoYAML {
  /// Refuses text the original cannot read.
  ///
  /// - Parameter isSplit: Whether documents are split at lines that start with `---` before they
  ///   are read, as it is with resources: nothing but a comment may follow on such a line, and
  ///   directives are of no document.
  static func refuse(_ stream: YAMLStream, isSplit: Bool) throws(DiagnosticError) {
    let bytes = stream.source.bytes
    if isSplit { try refuseSeparators(bytes, stream.file) }
    guard let escape = firstSlashEscape(bytes) else { return }
    for document in stream.documents {
      try refuseSlashEscapes(document.root, bytes, from: escape)
    }
  }

  private static func refuseSeparators(
    _ bytes: [UInt8], _ file: SourceFile.ID
  ) throws(DiagnosticError) {
    var start = 0
    var isAfterContent = false
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[start..<end]
      let span = SourceSpan(file: file, bytes: start..<end)
      if !isAfterContent, line.first == UInt8(ascii: "%") {
        throw .located(
          "yaml-directive", "directives are not read in manifests", span,
          detail: "Leave the line out.")
      }
      if start > 0, end < bytes.count, line.starts(with: [0x2D, 0x2D, 0x2D]) {
        let rest = line.dropFirst(3).drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        if let first = rest.first, first != UInt8(ascii: "#") {
          throw .located(
            "yaml-separator", "nothing but a comment may follow '---' in manifests", span,
            detail: "Start the document on the next line.")
        }
      }
      if let first = line.first, first != UInt8(ascii: "#") { isAfterContent = true }
      start = end + 1
    }
  }

  /// Refuses a mapping that has a key twice, at any depth.
  ///
  /// - Parameter countsMerged: Whether keys of merge keys count, which others may override else.
  static func refuseDuplicateKeys(
    _ root: YAMLNode, countsMerged: Bool = false
  ) throws(DiagnosticError) {
    var pending = [root]
    while let node = pending.popLast() {
      switch node.kind {
      case .sequence: pending += node.elements
      case .mapping:
        var seen: Set<String> = []
        if countsMerged, node.entries.contains(where: \.key.isMergeKey) {
          try refuseOverriddenKeys(node)
        }
        for entry in node.entries {
          guard seen.insert(entry.key.text).inserted else {
            throw .located(
              "duplicate-key", "the key '\(entry.key.text)' is there already", entry.key.span,
              detail: "Leave one of the two out.")
          }
          pending.append(entry.value)
        }
      case .scalar, .alias: continue
      }
    }
  }

  /// Whether there is a merge key, at any depth.
  static func hasMergeKey(_ root: YAMLNode) -> Bool {
    var pending = [root]
    while let node = pending.popLast() {
      for entry in node.entries {
        if entry.key.isMergeKey { return true }
        pending.append(entry.value)
      }
      pending += node.elements
    }
    return false
  }

  private static func refuseOverriddenKeys(_ node: YAMLNode) throws(DiagnosticError) {
    let merged = try node.mergedEntries()
    let count = node.entries.count { !$0.key.isMergeKey }
    let sources = node.entries.filter(\.key.isMergeKey).flatMap { entry in
      entry.value.resolved.kind == .sequence
        ? entry.value.resolved.elements.map(\.resolved) : [entry.value.resolved]
    }
    var sum = count
    for source in sources { sum += try source.mergedEntries().count }
    guard merged.count == sum else {
      throw .located(
        "duplicate-key", "a merge key brings a key that is there already", node.span,
        detail: "Leave one of the two out.")
    }
  }

  private static func firstSlashEscape(_ bytes: [UInt8]) -> Int? {
    var index = bytes.firstIndex(of: UInt8(ascii: "\\"))
    while let at = index, at + 1 < bytes.count {
      if bytes[at + 1] == UInt8(ascii: "/") { return at }
      index = bytes[(at + 1)...].firstIndex(of: UInt8(ascii: "\\"))
    }
    return nil
  }

  /// `\\/`, which JSON allows in strings and Go's YAML does not.
  private static func refuseSlashEscapes(
    _ root: YAMLNode, _ bytes: [UInt8], from start: Int
  ) throws(DiagnosticError) {
    var pending = [root]
    while let node = pending.popLast() {
      guard node.range.upperBound > start || node.kind != .scalar else { continue }
      switch node.kind {
      case .mapping:
        for entry in node.entries { pending += [entry.key, entry.value] }
      case .sequence: pending += node.elements
      case .alias: continue
      case .scalar:
        guard node.style == .doubleQuoted else { continue }
        var isEscaped = false
        for index in node.range {
          if isEscaped, bytes[index] == UInt8(ascii: "/") {
            throw .located(
              "yaml-escape", "'\\/' is not an escape in YAML as it is read here",
              SourceSpan(file: node.span.file, bytes: index - 1..<index + 1),
              detail: "Write the slash alone.")
          }
          isEscaped = !isEscaped && bytes[index] == UInt8(ascii: "\\")
        }
      }
    }
  }
}
