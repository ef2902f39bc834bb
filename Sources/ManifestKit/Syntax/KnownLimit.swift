/// Valid YAML that libyaml refuses, told from the place where it stops: its own words would blame the
/// author.
enum KnownLimit {
  /// What the reader is told about a failure that is libyaml's, and what to write instead; `nil` for
  /// YAML that is simply wrong.
  static func advice(
    _ problem: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> String? {
    guard let (what, instead) = limit(problem, at: offset, in: bytes) else { return nil }
    return
      "a known limit: YAML allows \(what), libyaml and Kubernetes' own tools do not; \(instead)"
  }

  private static func limit(
    _ problem: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> (what: String, instead: String)? {
    func byte(_ index: Int) -> UInt8? { bytes.indices.contains(index) ? bytes[index] : nil }
    let here = byte(offset)
    let isColon = here == UInt8(ascii: ":")
    let isBlankNext = (byte(offset + 1) ?? 0x20) <= 0x20
    switch problem {
    case "found a tab character where an indentation space is expected":
      return ("a tab before the text of a block scalar", "give its indentation: '|2'")
    case "found character that cannot start any token" where here == 0x09:
      return ("a tab here", "use spaces")
    case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
      guard isColon else { return nil }
      return ("a key of several lines", "put the key and its ':' in one line")
    case "did not find expected node content" where isColon:
      guard isBlankNext else {
        return ("text that begins with ':' inside brackets", "put it in quotes")
      }
      return ("an empty key", "write null or ''")
    case "did not find expected node content" where startsLine("...", offset, bytes):
      return ("an empty document before '...'", "begin it with '---'")
    case "did not find expected key" where isColon && isBlankNext:
      return ("an empty key", "write null or ''")
    case "did not find expected alphabetic or numeric character":
      return ("any character in the name of an anchor", "use letters, digits, '-' and '_'")
    case "did not find expected <document start>":
      return documentStart(offset, bytes)
    case "found unexpected ':'":
      return ("a ':' at the end of text inside brackets", "put the text in quotes")
    case "found incompatible YAML document":
      return ("versions other than 1.1 and 1.2", "take the %YAML line away")
    case "found unknown directive name", "could not find expected directive name":
      return ("a line that begins with '%' here", "take it away or indent it")
    default: return nil
    }
  }

  /// A document without `---` behind `...`, or text that `--- |` or `--- >` does not indent.
  private static func documentStart(
    _ offset: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> (String, String)? {
    var start = min(offset, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    while start > 0 {
      let end = start - 1
      start = end
      while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
      let line = bytes[start..<end]
      let content = line.drop { $0 == 0x20 }
      if content.isEmpty || content.first == UInt8(ascii: "#") { continue }
      if line.starts(with: "...".utf8) {
        return ("a document without '---' behind '...'", "begin it with '---'")
      }
      if line.starts(with: "--- ".utf8), line.contains(where: { $0 == 0x7C || $0 == 0x3E }) {
        return ("the text of a block scalar at the start of a line", "indent it")
      }
      return nil
    }
    return nil
  }

  private static func startsLine(
    _ text: StaticString, _ offset: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard offset == 0 || offset <= bytes.count && bytes[offset - 1] == 0x0A else { return false }
    return text.withUTF8Buffer { bytes[min(offset, bytes.count)...].starts(with: $0) }
  }
}
