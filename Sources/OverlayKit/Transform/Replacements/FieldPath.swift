internal import ImageTags

/// A path of a replacement or a variable: keys between dots, `[key=value]` for list items, whole
/// numbers for places in lists.
///
/// A dot in a key is escaped by a backslash. Brackets count only where they begin an element, and
/// dots inside them do not end it.
struct FieldPath {
  enum Step: Hashable {
    case key(String)
    case index(Int)
    /// `[key=value]`; without a key the item itself has the value.
    case item(key: String, value: String)
    /// `*`.
    case wildcard
  }

  /// Why a path cannot be read or followed.
  struct Failure: Error {
    let message: String
  }

  let steps: [Step]

  /// Reads a path.
  ///
  /// - Parameter allowsIndexesAfterKeys: Whether `ports[0]` is two steps, as in `vars`.
  init(_ text: String, allowsIndexesAfterKeys: Bool = false) throws(Failure) {
    var steps: [Step] = []
    for element in Self.elements(of: text) {
      if allowsIndexesAfterKeys, let (key, index) = Self.index(after: element) {
        steps += [.key(key), .index(index)]
      } else {
        steps.append(try Self.step(element))
      }
    }
    self.steps = steps
  }

  /// Splits at dots that neither a backslash precedes nor brackets enclose.
  private static func elements(of text: String) -> [String] {
    var elements: [String] = []
    var isOpen = false
    var parts = text.parts(between: ".")
    // A leading dot is as good as none.
    if parts.count > 1, parts[0].isEmpty { parts.removeFirst() }
    for part in parts {
      if let last = elements.last, isOpen || last.utf8.last == UInt8(ascii: "\\") {
        var joined = (isOpen ? last : String(last.unicodeScalars.dropLast())) + "." + part
        // Brackets around a key with dots are another way to escape them.
        if isOpen, part.endsInBracket, !joined.utf8.contains(UInt8(ascii: "=")) {
          joined = String(joined.unicodeScalars.dropFirst().dropLast())
        }
        elements[elements.count - 1] = joined
      } else {
        elements.append(part)
        isOpen = part.startsWithBracket
      }
      if part.endsInBracket { isOpen = false }
    }
    return elements
  }

  private static func step(_ element: String) throws(Failure) -> Step {
    if element == "*" { return .wildcard }
    if let index = Int(element), index >= 0 { return .index(index) }
    guard element.startsWithBracket, element.endsInBracket else { return .key(element) }
    let inner = element.unicodeScalars.dropFirst().dropLast()
    guard let equals = inner.firstIndex(of: "=") else {
      throw Failure(message: "'\(element)' must be written [key=value]")
    }
    return .item(
      key: String(inner[..<equals]), value: String(inner[inner.index(after: equals)...]))
  }

  /// `ports[0]` as a key and an index.
  private static func index(after element: String) -> (String, Int)? {
    let scalars = element.unicodeScalars
    guard element.endsInBracket, let bracket = scalars.lastIndex(of: "["),
      let index = Int(String(scalars[scalars.index(after: bracket)...].dropLast())), index >= 0
    else { return nil }
    return (String(scalars[..<bracket]), index)
  }
}

extension String {
  fileprivate var startsWithBracket: Bool { utf8.first == UInt8(ascii: "[") }
  fileprivate var endsInBracket: Bool { utf8.last == UInt8(ascii: "]") }
}
