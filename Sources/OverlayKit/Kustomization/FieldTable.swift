internal import ManifestKit
internal import SourceText

/// The fields of a mapping, found the way Go's JSON decoder finds them: by name in any case; of
/// several that spell one name, the last in the order of their bytes. Merge keys (`<<`) are resolved.
struct FieldTable {
  /// All entries, those of merge keys where the key stands; of two with one key the later counts.
  let entries: [YAMLEntry]

  /// The fields of a mapping; none for other nodes.
  init(_ node: YAMLNode) throws(DiagnosticError) { entries = try node.mergedEntries() }

  /// The entry of a field. O(entries): a mapping with fields has few, and a table of them cost a small
  /// build a tenth of its time.
  subscript(name: String) -> YAMLEntry? {
    var found: YAMLEntry?
    for entry in entries where Self.spells(entry.key, name) {
      if let other = found,
        entry.key.resolved.textBytes.lexicographicallyPrecedes(other.key.resolved.textBytes)
      {
        continue
      }
      found = entry
    }
    return found
  }

  /// Whether a key is a spelling of an ASCII name: letters in any case, the long s for `s` and the sign
  /// of the kelvin for `k`.
  static func spells(_ key: YAMLNode, _ name: String) -> Bool {
    var key = key.resolved.textBytes
    // Only the two letters beyond ASCII make a spelling longer.
    let isPlain = key.count == name.utf8.count
    guard isPlain || key.count > name.utf8.count && key.contains(where: { $0 >= 0x80 }) else {
      return false
    }
    for letter in name.utf8 {
      let letter = small(letter)
      guard let first = key.first else { return false }
      if small(first) == letter {
        key = key.dropFirst()
      } else if letter == UInt8(ascii: "s"), key.starts(with: [0xC5, 0xBF]) {
        key = key.dropFirst(2)
      } else if letter == UInt8(ascii: "k"), key.starts(with: [0xE2, 0x84, 0xAA]) {
        key = key.dropFirst(3)
      } else {
        return false
      }
    }
    return key.isEmpty
  }

  private static func small(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }
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
