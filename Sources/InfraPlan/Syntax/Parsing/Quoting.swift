internal import SourceText

/// Text as the original's messages quote it.
enum Quoting {
  /// A string in quotes with the escapes of Go's `%q`.
  static func goQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{7}": result += "\\a"
      case "\u{8}": result += "\\b"
      case "\u{B}": result += "\\v"
      case "\u{C}": result += "\\f"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          result += "\\x" + hex(scalar.value, 2)
        } else if scalar.value < 0x7F || isPrintable(scalar) {
          result.unicodeScalars.append(scalar)
        } else if scalar.value < 0x10000 {
          result += "\\u" + hex(scalar.value, 4)
        } else {
          result += "\\U" + hex(scalar.value, 8)
        }
      }
    }
    return result + "\""
  }

  static func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }
}

/// Positions inside messages.
///
/// A parser knows no file name, so it leaves a marker that the reader of the problems replaces.
enum PositionText {
  /// `3,5-9` on one line, `3,5-4,2` over several.
  static func range(_ span: SourceSpan, _ source: some Collection<UInt8>) -> String {
    let lines = LineIndex(bytes: Array(source))
    let start = lines.position(of: Int(span.start))
    let end = lines.position(of: Int(span.end))
    let first = "\(start.line),\(start.column)-"
    return first + (start.line == end.line ? "\(end.column)" : "\(end.line),\(end.column)")
  }
}

extension Problem {
  /// Stands for "name of the file:" in a detail until the file is known.
  static func fileMarker(_ span: SourceSpan) -> String { "\u{0}\(span.file.rawValue)\u{0}:" }

  /// Stands for "file:line,column-column" in a detail until the file is known.
  static func placeMarker(_ span: SourceSpan) -> String {
    "\u{0}\(span.file.rawValue):\(span.start):\(span.end)\u{0}"
  }

  /// The problem with file markers replaced by names.
  func naming(_ file: (SourceFile.ID) -> SourceFile?) -> Problem {
    guard detail.utf8.contains(0) else { return self }
    var copy = self
    let parts = detail.split(separator: "\u{0}", omittingEmptySubsequences: false)
    copy.detail = parts.enumerated().map { index, part in
      index % 2 == 0 ? String(part) : Self.resolved(part, file)
    }.joined()
    return copy
  }

  private static func resolved(
    _ marker: Substring, _ file: (SourceFile.ID) -> SourceFile?
  ) -> String {
    let numbers = marker.split(separator: ":").compactMap { UInt32($0) }
    guard let first = numbers.first, let source = file(SourceFile.ID(rawValue: first)) else {
      return ""
    }
    guard numbers.count == 3 else { return source.name }
    let span = SourceSpan(
      file: SourceFile.ID(rawValue: first),
      bytes: Int(numbers[1])..<Int(max(numbers[1], numbers[2])))
    return source.name + ":" + PositionText.range(span, source.bytes)
  }
}
