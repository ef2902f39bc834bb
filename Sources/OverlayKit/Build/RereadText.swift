internal import ManifestKit
internal import SourceText

/// What becomes of text that is written as JSON and read again as YAML, as the original does with
/// every generated and every built object.
///
/// JSON leaves U+0080…U+009F and a few others as they are, and YAML allows few of them: most are
/// refused, and U+0085 is a line break, which a quoted scalar folds.
enum RereadText {
  /// A text that cannot be read again.
  struct Refusal: Error {
    let codePoint: UInt32

    /// What is wrong, for people.
    var message: String {
      let digits = String(codePoint, radix: 16, uppercase: true)
      return "the control character U+" + String(repeating: "0", count: max(0, 4 - digits.count))
        + digits + " cannot be written"
    }
  }

  /// Whether written YAML has an escape of one of the characters concerned, or text that looks like
  /// one. O(bytes).
  static func hasSuspiciousEscape(_ yaml: ArraySlice<UInt8>) -> Bool {
    var rest = yaml
    while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
      rest = rest[(backslash + 1)...]
      if rest.starts(with: "N".utf8) || rest.starts(with: "x7F".utf8)
        || rest.starts(with: "x8".utf8) || rest.starts(with: "x9".utf8)
        || rest.starts(with: "uFFF".utf8)
      {
        return true
      }
    }
    return false
  }

  /// Whether text has one of the characters concerned.
  private static func isSuspicious(_ bytes: some Sequence<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0x7F || previous == 0xC2 && byte < 0xA0 || previous == 0xBF && byte >= 0xBE {
        return true
      }
      previous = byte
    }
    return false
  }

  /// The text as it is read again; `nil` where that changes nothing.
  static func folded(_ text: String) throws(Refusal) -> String? {
    var hasBreak = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x85: hasBreak = true
      case 0x7F...0x9F, 0xFFFE, 0xFFFF: throw Refusal(codePoint: scalar.value)
      default: continue
      }
    }
    guard hasBreak else { return nil }
    // Breaks fold: one is a space, more are one line break fewer; blanks around them go.
    let lines = text.unicodeScalars.split(separator: "\u{85}", omittingEmptySubsequences: false)
    var result = String.UnicodeScalarView()
    var breaks = 0
    for (index, line) in lines.enumerated() {
      var line = line
      if index > 0 { line = line.drop { $0 == " " || $0 == "\t" } }
      if index + 1 < lines.count {
        while let last = line.last, last == " " || last == "\t" { line = line.dropLast() }
      }
      if index > 0 {
        breaks += 1
        if line.isEmpty, index + 1 < lines.count { continue }
        let folded = breaks == 1 ? " " : String(repeating: "\n", count: breaks - 1)
        result.append(contentsOf: folded.unicodeScalars)
        breaks = 0
      }
      result.append(contentsOf: line)
    }
    return String(result)
  }

  /// Makes all the text of an object what it is when it is read again.
  static func apply(
    to resource: Resource, in workspace: Workspace
  ) throws(DiagnosticError) {
    var pending = [resource.root]
    while let node = pending.popLast() {
      switch workspace.tree.kind(of: node) {
      case .mapping:
        for entry in workspace.tree.entries(of: node) { pending += [entry.key, entry.value] }
      case .sequence: pending += workspace.tree.elements(of: node)
      case .scalar:
        guard isSuspicious(workspace.tree.textBytes(of: node)) else { continue }
        do throws(Refusal) {
          guard let text = try folded(workspace.tree.text(of: node)) else { continue }
          workspace.tree.setText(text, of: node, style: .doubleQuoted, tag: .string)
        } catch {
          throw .located(
            "not-writable", "in \(resource.currentID): \(error.message)",
            workspace.span(of: node) ?? resource.span)
        }
      }
    }
  }
}
