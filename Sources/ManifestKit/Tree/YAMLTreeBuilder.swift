internal import CLibYAML
internal import SourceText

/// Builds the arena from libyaml's events, without recursion.
struct YAMLTreeBuilder {
  private struct Open {
    var node: Int
    var children: UInt32
    var lastChild: Int
    var isFlow: Bool
    var anchor: String?
    var size = Size()
  }

  /// What a node costs a reader that follows aliases.
  private struct Size {
    /// How many nodes are below it.
    var nodes = 0
    /// How many levels of collections it has; of one that is still open, how many are below it.
    var levels = 0

    mutating func add(_ child: Size) {
      nodes += child.nodes
      levels = max(levels, child.levels)
    }
  }

  private struct Anchor {
    let node: UInt32
    var size = Size()
  }

  let file: SourceFile.ID
  let limits: YAMLLimits
  var nodes: [YAMLRawNode] = []
  var decoded: [UInt8] = []
  var documents: [YAMLRawDocument] = []
  var properties: [UInt32: YAMLProperties] = [:]
  private var open: [Open] = []
  private var anchors: [String: Anchor] = [:]
  /// How many nodes the aliases of the document so far stand for.
  private var aliasNodes = 0
  private let isStrict: Bool
  /// What the nodes deep inside brackets have cost, in open brackets.
  private var deepCost = 0
  /// No real document nests its values deeper.
  private static let commonDepth = 64
  /// Less than half a second.
  private static let maximumDeepCost = 20_000_000
  /// Where the last token ended, for a look at what stands between tokens.
  private var lastEnd = 0

  /// Where a letter stands for another character while libyaml reads.
  private let placeholders: [Int]

  /// The length of the file; what is read may have a line break more.
  private let byteCount: Int

  init(
    file: SourceFile.ID, byteCount: Int, limits: YAMLLimits, isStrict: Bool, placeholders: [Int]
  ) {
    self.file = file
    self.byteCount = byteCount
    self.limits = limits
    self.isStrict = isStrict
    self.placeholders = placeholders
  }

  /// Reads everything; returns what is wrong, if anything is.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Diagnostic? {
    // A node per 16 bytes is about what manifests have.
    nodes.reserveCapacity(bytes.count / 16 + 8)
    if let excess = LineSearch.excessiveTagDirective(in: UnsafeRawBufferPointer(bytes)) {
      return diagnostic(
        "yaml-limit", "there are more than \(LineSearch.maximumTagDirectives) %TAG directives",
        excess..<(excess + 4))
    }
    let offsets = ByteOffsets(bytes)
    guard let reader = YAMLEventReader(bytes) else {
      return diagnostic("yaml-limit", "out of memory", 0..<0)
    }
    var event = yaml_event_t()
    while true {
      guard reader.next(&event) else { return diagnostic(reader.failure, offsets, bytes) }
      defer { yaml_event_delete(&event) }
      let start = min(offsets.byte(ofCodePoint: event.start_mark.index, in: bytes), byteCount)
      let end = min(offsets.byte(ofCodePoint: event.end_mark.index, in: bytes), byteCount)
      if isStrict, let fault = fault(in: event, start, end, bytes) {
        return diagnostic("yaml-syntax", fault.message, fault.range)
      }
      if open.count > Self.commonDepth, let fault = countDeep(start) { return fault }
      defer { lastEnd = end }
      switch event.type {
      case YAML_STREAM_START_EVENT:
        if reader.isUTF16 {
          return diagnostic("yaml-encoding", "the file is UTF-16; UTF-8 is needed", 0..<0)
        }
      case YAML_STREAM_END_EVENT: return nil
      case YAML_DOCUMENT_START_EVENT:
        anchors.removeAll(keepingCapacity: true)
        aliasNodes = 0
        documents.append(
          YAMLRawDocument(
            root: UInt32(nodes.count), start: UInt32(start), end: UInt32(end),
            isExplicit: event.data.document_start.implicit == 0, hasEndMarker: false))
      case YAML_DOCUMENT_END_EVENT:
        documents[documents.count - 1].end = UInt32(end)
        documents[documents.count - 1].hasEndMarker = event.data.document_end.implicit == 0
      case YAML_SCALAR_EVENT:
        addScalar(event.data.scalar, start, end, bytes)
        if nodes[nodes.count - 1].isDecoded, placeholders.contains(where: (start..<end).contains) {
          return diagnostic(
            "yaml-syntax", "text of several lines cannot begin like this", start..<end)
        }
      case YAML_ALIAS_EVENT:
        let name = String(cString: event.data.alias.anchor)
        guard let target = anchors[name] else {
          return diagnostic(
            // The name is not said: in a Secret it may be a value that lacks its quotes.
            "yaml-unknown-alias", "no anchor of this name stands before the alias", start..<end)
        }
        if let fault = expand(target, start..<end) { return fault }
        begin()
        properties[UInt32(nodes.count)] = YAMLProperties(
          start: UInt32(start), end: UInt32(start), anchor: name, tag: nil)
        nodes.append(
          YAMLRawNode(
            start: UInt32(start), end: UInt32(end), first: target.node, count: 0, kind: .alias,
            style: .plain, hasProperties: true))
      case YAML_MAPPING_START_EVENT:
        let data = event.data.mapping_start
        let isFlow = data.style == YAML_FLOW_MAPPING_STYLE
        let content = addProperties(data.anchor, data.tag, start, end, bytes)
        if let tooDeep = push(.mapping, isFlow ? .flow : .block, content, data.anchor) {
          return tooDeep
        }
      case YAML_SEQUENCE_START_EVENT:
        let data = event.data.sequence_start
        let isFlow = data.style == YAML_FLOW_SEQUENCE_STYLE
        let content = addProperties(data.anchor, data.tag, start, end, bytes)
        if let tooDeep = push(.sequence, isFlow ? .flow : .block, content, data.anchor) {
          return tooDeep
        }
      case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: pop(end)
      default: break
      }
    }
  }

  /// Counts what stands deep inside brackets, where each of libyaml's tokens costs as much as there are
  /// open brackets.
  private mutating func countDeep(_ start: Int) -> Diagnostic? {
    guard open.last?.isFlow == true else { return nil }
    deepCost += open.count
    guard deepCost > Self.maximumDeepCost else { return nil }
    return diagnostic(
      "yaml-limit", "too much is nested more than \(Self.commonDepth) levels deep", start..<start)
  }

  /// Counts a node that is about to be added as a child of the innermost open collection.
  private mutating func begin() {
    guard !open.isEmpty else { return }
    open[open.count - 1].children += 1
    open[open.count - 1].lastChild = nodes.count
    open[open.count - 1].size.nodes += 1
  }

  /// Counts what an alias stands for. Readers follow aliases without counting: here hostile ones end.
  private mutating func expand(_ target: Anchor, _ range: Range<Int>) -> Diagnostic? {
    if open.contains(where: { $0.node == Int(target.node) }) {
      return diagnostic(
        "yaml-recursive-alias", "the anchor's value contains this alias", range)
    }
    aliasNodes += target.size.nodes + 1
    guard aliasNodes <= limits.maximumAliasNodes else {
      return diagnostic(
        "yaml-limit", "aliases expand to more than \(limits.maximumAliasNodes) nodes", range)
    }
    guard open.count + target.size.levels <= limits.maximumDepth else {
      return diagnostic(
        "yaml-limit", "aliases nest collections more than \(limits.maximumDepth) levels deep",
        range)
    }
    if !open.isEmpty { open[open.count - 1].size.add(target.size) }
    return nil
  }

  private mutating func push(
    _ kind: YAMLRawNode.Kind, _ style: YAMLStyle, _ start: Int,
    _ anchor: UnsafeMutablePointer<yaml_char_t>?
  ) -> Diagnostic? {
    guard open.count < limits.maximumDepth else {
      return diagnostic(
        "yaml-limit", "collections are nested more than \(limits.maximumDepth) levels deep",
        start..<start)
    }
    begin()
    open.append(
      Open(
        node: nodes.count, children: 0, lastChild: -1, isFlow: style == .flow,
        anchor: anchor.map { String(cString: $0) }))
    nodes.append(
      YAMLRawNode(
        start: UInt32(start), end: UInt32(start), first: 0, count: 0, kind: kind, style: style,
        hasProperties: properties[UInt32(nodes.count)] != nil))
    return nil
  }

  /// What an event shows that the specification forbids.
  private func fault(
    in event: yaml_event_t, _ start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> SyntaxChecks.Fault? {
    let checks = SyntaxChecks(bytes: bytes)
    let isInFlow = open.last?.isFlow ?? false
    if isInFlow {
      if start > lastEnd, let fault = checks.flowGap(lastEnd..<start) { return fault }
      if let fault = checks.questionMark(before: start, event.type) { return fault }
    }
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      let data = event.data.document_start
      guard data.version_directive != nil || data.tag_directives.start != data.tag_directives.end,
        documents.last?.hasEndMarker == false
      else { return nil }
      return SyntaxChecks.Fault(
        range: start..<end, message: "a directive needs '...' at the end of the document before it")
    case YAML_SCALAR_EVENT:
      let style = event.data.scalar.style
      if style == YAML_PLAIN_SCALAR_STYLE {
        guard isInFlow, event.data.scalar.length == 1, end - start == 1,
          bytes[start] == UInt8(ascii: "-")
        else { return nil }
        return SyntaxChecks.Fault(
          range: start..<end, message: "'-' alone cannot be a value inside brackets")
      }
      guard event.end_mark.line > event.start_mark.line else { return nil }
      if style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE {
        return checks.blockScalar(start..<end, indent: blockIndent(checks))
      }
      return checks.quotedLines(start..<end, indent: blockIndent(checks))
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
      // Only the outermost brackets: their range covers those inside.
      guard let closing = open.last, closing.isFlow, !(open.dropLast().last?.isFlow ?? false) else {
        return nil
      }
      let range = Int(nodes[closing.node].start)..<end
      return checks.flowLines(range, indent: blockIndent(checks))
    default: return nil
    }
  }

  /// The column of the innermost collection laid out by indentation, or -1.
  private func blockIndent(_ checks: SyntaxChecks) -> Int {
    guard let block = open.last(where: { !$0.isFlow }) else { return -1 }
    return checks.column(Int(nodes[block.node].start))
  }

  private mutating func pop(_ end: Int) {
    guard var closed = open.popLast() else { return }
    // libyaml ends a block collection where the next token begins; its last child knows better.
    let isBlock = nodes[closed.node].style == .block
    let last = isBlock && closed.lastChild >= 0 ? Int(nodes[closed.lastChild].end) : end
    nodes[closed.node].end = UInt32(max(last, Int(nodes[closed.node].start)))
    nodes[closed.node].first = UInt32(nodes.count)
    nodes[closed.node].count = closed.children
    closed.size.levels += 1
    if !open.isEmpty { open[open.count - 1].size.add(closed.size) }
    guard let name = closed.anchor, anchors[name]?.node == UInt32(closed.node) else { return }
    anchors[name]?.size = closed.size
  }

  private mutating func addScalar(
    _ data: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, _ start: Int, _ end: Int,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) {
    let style: YAMLStyle =
      switch data.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
    var content = addProperties(data.anchor, data.tag, start, end, bytes)
    var end = end
    let hasProperties = data.anchor != nil || data.tag != nil
    if style == .plain, !hasProperties, content == end, start > lastEnd,
      !":-?,{[".utf8.contains(bytes[start - 1])
    {
      // A value that is left out stands where libyaml noticed it, at the next token; it belongs
      // behind the last one, or behind the colon after that.
      content = bytes[lastEnd..<start].firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? lastEnd
      end = content
    }
    let text = UnsafeBufferPointer(start: data.value, count: data.length)
    let quotes = style == .plain ? 0 : 1
    var node = YAMLRawNode(
      start: UInt32(content), end: UInt32(end), first: UInt32(content + quotes),
      count: UInt32(text.count), kind: .scalar, style: style,
      hasProperties: hasProperties)
    let isVerbatim =
      end - content == text.count + 2 * quotes && style != .literal && style != .folded
      && isEqual(text, bytes, at: content + quotes)
    if !isVerbatim {
      node.first = UInt32(decoded.count)
      node.isDecoded = true
      decoded.append(contentsOf: text)
    }
    begin()
    nodes.append(node)
  }

  private func isEqual(
    _ text: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int
  ) -> Bool {
    guard let left = text.baseAddress, let right = bytes.baseAddress else { return true }
    return memcmp(left, right + offset, text.count) == 0
  }

  /// Notes anchor and tag of the node about to be added; returns where its own bytes start.
  private mutating func addProperties(
    _ anchor: UnsafeMutablePointer<yaml_char_t>?, _ tag: UnsafeMutablePointer<yaml_char_t>?,
    _ start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    guard anchor != nil || tag != nil else { return start }
    let index = UInt32(nodes.count)
    let name = anchor.map { String(cString: $0) }
    if let name { anchors[name] = Anchor(node: index) }
    var propertiesEnd = start
    defer {
      properties[index] = YAMLProperties(
        start: UInt32(start), end: UInt32(propertiesEnd), anchor: name,
        tag: tag.map { String(cString: $0) })
    }
    var position = start
    var left = (anchor == nil ? 0 : 1) + (tag == nil ? 0 : 1)
    while position < bytes.count, position < end || left > 0 {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      case UInt8(ascii: "&"):
        // libyaml ends an anchor at the first character that is no letter, digit, '-' or '_'.
        guard left > 0, let name else { return position }
        left -= 1
        position = min(position + 1 + name.utf8.count, bytes.count)
        propertiesEnd = position
      case UInt8(ascii: "!"):
        guard left > 0 else { return position }
        left -= 1
        let isVerbatimTag = position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "<")
        while position < bytes.count, !endsProperty(bytes[position], isVerbatimTag) {
          position += 1
        }
        propertiesEnd = position
      default: return position
      }
    }
    return min(position, max(end, start))
  }

  private func endsProperty(_ byte: UInt8, _ isVerbatimTag: Bool) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D: true
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): !isVerbatimTag && !open.isEmpty
    default: false
    }
  }

  private func diagnostic(
    _ id: Diagnostic.ID, _ summary: String, _ range: Range<Int>
  ) -> Diagnostic {
    Diagnostic(id, .error, summary, span: SourceSpan(file: file, bytes: range))
  }

  private func diagnostic(
    _ failure: YAMLEventReader.Failure, _ offsets: ByteOffsets,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Diagnostic {
    let start =
      switch failure.position {
      case .byte(let offset): min(offset, bytes.count)
      case .codePoint(let index): offsets.byte(ofCodePoint: index, in: bytes)
      }
    var result = diagnostic("yaml-syntax", failure.problem, start..<min(start + 1, bytes.count))
    result.detail = KnownLimit.advice(failure.problem, at: start, in: bytes)
    if let context = failure.context, let index = failure.contextIndex {
      let place = offsets.byte(ofCodePoint: index, in: bytes)
      result.related.append(
        Diagnostic.Related(
          span: SourceSpan(file: file, bytes: place..<min(place + 1, bytes.count)),
          message: context))
    }
    return result
  }
}
