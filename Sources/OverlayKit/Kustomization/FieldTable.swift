internal import ManifestKit
internal import SourceText

/// The fields of a mapping, found the way Go's JSON decoder finds them: by name in any case; of
/// several that spell one name, the last in the order of their bytes. Merge keys (`<<`) are resolved.
struct FieldTable {
  /// All entries, those of merge keys where the key stands; of two with one key the later counts.
  let entries: [YAMLEntry]
  private var byName: [String: YAMLEntry] = [:]

  /// The fields of a mapping; none for other nodes.
  init(_ node: YAMLNode) throws(DiagnosticError) {
    entries = try node.mergedEntries()
    for entry in entries {
      let name = Self.folded(entry.key.resolved.text)
      let key = entry.key.resolved.textBytes
      if let other = byName[name],
        key.lexicographicallyPrecedes(other.key.resolved.textBytes)
      {
        continue
      }
      byName[name] = entry
    }
  }

  /// The entry of a field.
  subscript(name: String) -> YAMLEntry? { byName[Self.folded(name)] }

  /// A name as all its spellings have it: in small letters, with `s` and `k` for the long s and for
  /// the sign of the kelvin.
  static func folded(_ name: String) -> String {
    let bytes = name.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    let folded = String(decoding: bytes, as: UTF8.self)
    if bytes.allSatisfy({ $0 < 0x80 }) { return folded }
    return folded.replacing("\u{17F}", with: "s").replacing("\u{212A}", with: "k")
  }
}

extension YAMLNode {
  /// A field's value, aliases resolved, its name in any case.
  func field(_ name: String) -> YAMLNode? { (try? FieldTable(self))?[name]?.value.resolved }

  /// The entries of a mapping, those of merge keys in their place.
  ///
  /// - Throws: `yaml-merge-key` for a merge key without mappings.
  func mergedEntries() throws(DiagnosticError) -> [YAMLEntry] {
    guard entries.contains(where: \.key.isMergeKey) else { return Array(entries) }
    var merge = MergeKeys()
    return try merge.entries(of: self)
  }

  var isMergeKey: Bool {
    kind == .scalar && style == .plain && (tag == nil || tag == "tag:yaml.org,2002:merge")
      && hasText("<<")
  }
}

/// Resolves merge keys as Go's YAML 1.1 does: what comes later wins, the mapping's own keys as well as
/// merged ones; in a list of mappings the first wins.
private struct MergeKeys {
  /// Each mapping is looked at once; one inside itself adds nothing.
  private var known: [YAMLNode: [YAMLEntry]] = [:]

  mutating func entries(of mapping: YAMLNode) throws(DiagnosticError) -> [YAMLEntry] {
    if let entries = known[mapping] { return entries }
    known[mapping] = []
    var merged: [YAMLEntry] = []
    var places: [ArraySlice<UInt8>: Int] = [:]
    func add(_ entry: YAMLEntry) {
      let key = entry.key.resolved.textBytes
      if let place = places[key] {
        merged[place] = entry
      } else {
        places[key] = merged.count
        merged.append(entry)
      }
    }
    for entry in mapping.entries {
      guard entry.key.isMergeKey else {
        add(entry)
        continue
      }
      for source in try sources(entry.value.resolved) {
        for entry in try entries(of: source) { add(entry) }
      }
    }
    known[mapping] = merged
    return merged
  }

  /// The mappings of a merge key, the one that wins last.
  private func sources(_ value: YAMLNode) throws(DiagnosticError) -> [YAMLNode] {
    let sources =
      value.kind == .sequence ? value.elements.map(\.resolved).reversed() : [value]
    for source in sources where source.kind != .mapping {
      throw .located(
        "yaml-merge-key", "a merge key needs a mapping or a list of them", source.span)
    }
    return sources
  }
}
