internal import ManifestKit
internal import SourceText

extension ManifestExercise {
  /// The most nodes of a file that edits are tried at.
  private static let siteCount = 12

  /// A place in a document and the way to it.
  private struct Site {
    let document: Int
    let path: EditPath
    let node: YAMLNode
  }

  /// Places spread over a stream. A key that stands twice, and what is behind an alias, is passed
  /// over: a path cannot tell it.
  private func sites(in stream: YAMLStream) -> [Site] {
    if let place { return sites(in: stream, at: place) }
    var found: [Site] = []
    for document in stream.documents {
      var pending = [Site(document: document.index, path: EditPath([]), node: document.root)]
      while let site = pending.popLast(), found.count < 4000 {
        found.append(site)
        for (index, element) in site.node.elements.enumerated() {
          let path = EditPath(site.path.steps + [.index(index)])
          pending.append(Site(document: site.document, path: path, node: element))
        }
        let entries = Array(site.node.entries)
        var counts: [String: Int] = [:]
        for entry in entries { counts[entry.key.resolved.text, default: 0] += 1 }
        for entry in entries where entry.key.kind == .scalar && counts[entry.key.text] == 1 {
          let path = EditPath(site.path.steps + [.key(entry.key.text)])
          pending.append(Site(document: site.document, path: path, node: entry.value))
        }
      }
    }
    let step = max(1, found.count / Self.siteCount)
    return stride(from: 0, to: found.count, by: step).map { found[$0] }
  }

  /// The innermost node at an offset, or the last before it.
  private func sites(in stream: YAMLStream, at offset: Int) -> [Site] {
    guard
      let document = stream.documents.last(where: { $0.range.lowerBound <= offset })
        ?? stream.documents.first
    else { return [] }
    var sites = [Site(document: document.index, path: EditPath([]), node: document.root)]
    func begins(_ node: YAMLNode) -> Bool { node.rangeWithProperties.lowerBound <= offset }
    while let site = sites.last, sites.count < 1000 {
      let node = site.node
      var next: (step: EditPath.Step, node: YAMLNode)?
      if let (index, element) = node.elements.enumerated().filter({ begins($0.1) }).last {
        next = (.index(index), element)
      } else if let entry = node.entries.filter({ begins($0.key) }).last,
        entry.key.kind == .scalar,
        node.entries.filter({ $0.key.resolved.text == entry.key.text }).count == 1
      {
        next = (.key(entry.key.text), entry.value)
      }
      guard let next else { break }
      let path = EditPath(site.path.steps + [next.step])
      sites.append(Site(document: site.document, path: path, node: next.node))
    }
    return sites.suffix(1)
  }

  /// After an edit the file parses, the value is there, and the other documents are what they were.
  func editsKeepTheRest(_ stream: YAMLStream) throws(Breach) {
    let values: [JSONValue] = [
      .string("x"), .string("a: b\n c"), .integer(7), .null, .array([.string("a"), .bool(true)]),
      .object([("k", .string("- v")), ("l", .object([]))]),
    ]
    for (index, site) in sites(in: stream).enumerated() {
      let value = values[index % values.count]
      if let result = try changed(stream, .set(site.path, value), site.document) {
        let root = result.documents[site.document].root
        var tree = ValueTree()
        let wanted = tree.add(value)
        guard let node = root[site.path], let found = try? tree.add(node),
          // What a tag of the user's own makes of a value is the user's.
          ScalarTag(node.tag) == .other || tree.isEqual(found, wanted, .kubernetes)
        else { throw breach(stream, result, "set \(site.path) to \(value.text()) did not") }
      }
      _ = try changed(stream, .append(site.path, value), site.document)
      _ = try changed(stream, .insert(site.path, at: 0, value), site.document)
      _ = try changed(stream, .delete(site.path, .drop), site.document)
      guard site.path.steps.last.map({ if case .key = $0 { true } else { false } }) ?? false,
        let result = try changed(stream, .delete(site.path, .keep), site.document)
      else { continue }
      if result.documents[site.document].root[site.path] != nil {
        throw breach(stream, result, "delete \(site.path) did not")
      }
    }
  }

  /// The stream after one change, or `nil` where the change is refused.
  private func changed(
    _ stream: YAMLStream, _ operation: EditPlan.Operation, _ document: Int
  ) throws(Breach) -> YAMLStream? {
    var plan = EditPlan()
    plan.add(operation, document: document)
    let bytes: [UInt8]
    do {
      bytes = try plan.apply(to: stream.source)
    } catch {
      guard !allowsRefusedLayouts, error.diagnostics.contains(where: { $0.id == "edit-layout" })
      else { return nil }
      throw breach(stream, stream, "this layout is refused for \(operation)")
    }
    guard let result = try? YAMLStream(parsing: SourceFile(name: "", bytes: bytes)) else {
      throw breach(stream, bytes, "the file does not parse after \(operation)")
    }
    return result
  }

  /// A value that is set and set back leaves the bytes as they were, unless its old spelling is one
  /// that the editor would not choose.
  func changesAreUndone(_ stream: YAMLStream) throws(Breach) {
    for site in sites(in: stream) where site.node.kind == .scalar {
      let node = site.node
      guard node.tag == nil, !node.range.isEmpty, node.text != "other value" else { continue }
      var tree = ValueTree()
      guard let old = try? tree.add(node) else { continue }
      let oldValue = tree.json(of: old)
      guard oldValue.stringValue == node.text,
        spells(node, in: stream),
        let there = try changed(stream, .set(site.path, .string("other value")), site.document),
        let back = try changed(there, .set(site.path, oldValue), site.document)
      else { continue }
      // Text that some reader takes for another type may come back in quotes.
      let isQuotedNow =
        node.style == .plain
        && back.documents[site.document].root[site.path]?.style == .doubleQuoted
      guard back.source.bytes == stream.source.bytes || isQuotedNow else {
        throw breach(stream, back, "set \(site.path) and back did not restore the bytes")
      }
    }
  }

  /// Whether a string is written as the editor would write it: in one line and without escapes.
  private func spells(_ node: YAMLNode, in stream: YAMLStream) -> Bool {
    let bytes = stream.source.bytes[node.range]
    // libyaml lets a value follow its anchor without a space.
    if node.anchor != nil, stream.source.bytes[node.range.lowerBound - 1] > 0x20 { return false }
    let isOneLine = !bytes.contains(0x0A) && !bytes.contains(0x0D)
    switch node.style {
    case .plain: return isOneLine && !node.text.isEmpty && node.text.utf8.count > 1
    case .singleQuoted, .doubleQuoted:
      return isOneLine && !bytes.contains(UInt8(ascii: "\\"))
        && node.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F }
    case .literal, .folded, .block, .flow: return false
    }
  }

  private func breach(_ old: YAMLStream, _ new: YAMLStream, _ text: String) -> Breach {
    breach(old, new.source.bytes, text)
  }

  private func breach(_ old: YAMLStream, _ new: [UInt8], _ text: String) -> Breach {
    let before = String(decoding: old.source.bytes, as: UTF8.self)
    return Breach("\(text)\n<<<<\n\(before)\n====\n\(String(decoding: new, as: UTF8.self))\n>>>>")
  }
}
