internal import SourceText

/// White space and joining of the literal parts of a template.
enum TemplateText {
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  static func trimmedStart(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.drop(while: isSpace)))
  }

  static func trimmedEnd(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let last = scalars.last, isSpace(last) { scalars.removeLast() }
    return String(scalars)
  }

  /// The `<<-` rule: the smallest indentation of any line is removed from every line.
  static func removeIndentation(_ parts: inout [TemplatePart]) {
    var smallest = Int.max
    var isLineStart = true
    var adjusted: [Int] = []
    for (index, part) in parts.enumerated() {
      if isLineStart {
        isLineStart = false
        if let text = part.literal {
          let rest = trimmedStart(text)
          // A blank line does not count.
          if !(rest.isEmpty && text.utf8.last == Byte.newline) {
            let indentation = text.utf8.count - rest.utf8.count
            smallest = min(
              smallest, String(decoding: text.utf8.prefix(indentation), as: UTF8.self).count)
            adjusted.append(index)
          }
        } else if case .end = part.kind {
          // Nothing stands before the end.
        } else {
          smallest = 0
        }
      }
      if part.literal?.utf8.last == Byte.newline { isLineStart = true }
    }
    guard smallest > 0, smallest < .max else { return }
    for index in adjusted {
      guard let text = parts[index].literal else { continue }
      let rest = text.dropFirst(smallest)
      parts[index].kind = .literal(String(rest))
      parts[index].span.start += UInt32(text.utf8.count - rest.utf8.count)
    }
  }

  /// Makes one literal of neighbouring ones.
  static func joinLiterals(_ parts: inout [TemplatePart]) {
    var joined: [TemplatePart] = []
    joined.reserveCapacity(parts.count)
    var run: (text: String, span: SourceSpan)?
    func flush() {
      if let pending = run {
        joined.append(TemplatePart(kind: .literal(pending.text), span: pending.span))
      }
      run = nil
    }
    for part in parts {
      if case .literal(let text) = part.kind {
        if run == nil {
          run = (text, part.span)
        } else {
          run?.text += text
          run?.span.end = part.span.end
        }
      } else {
        flush()
        joined.append(part)
      }
    }
    flush()
    parts = joined
  }
}

/// The closest of a few names, as the language's own messages suggest them.
enum NameSuggestion {
  /// The first candidate less than three edits away, or `nil`.
  static func nearest(to given: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(given.unicodeScalars.prefix(200))
    return candidates.first { candidate in
      // A loop may ask for thousands of names; most are told apart by their lengths.
      let scalars = Array(candidate.unicodeScalars.prefix(200))
      return abs(scalars.count - wanted.count) < 3 && distance(wanted, scalars) < 3
    }
  }

  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for i in left.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in right.indices {
        let replaced = diagonal + (left[i] == right[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(diagonal + 1, row[j] + 1, replaced)
      }
    }
    return row[right.count]
  }
}
