/// A template of ``PatternMatch/expand(_:)``, read once for many matches of one pattern.
struct ExpansionTemplate {
  private enum Part {
    case text(String)
    /// The first of these groups that took part.
    case group([Int])
  }

  private var parts: [Part] = []

  /// Reads a template for a pattern with these groups. O(template × groups).
  init(_ template: String, groupNames: [String]) {
    var text = ""
    var rest = template[...]
    while let dollar = rest.firstIndex(of: "$") {
      text += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        text += "$"
        rest.removeFirst()
        continue
      }
      let isBraced = rest.first == "{"
      let body = isBraced ? rest.dropFirst() : rest
      let name = body.unicodeScalars.prefix {
        $0 == "_" || Self.nameCategories.contains($0.properties.generalCategory)
      }
      let after = body[name.endIndex...]
      guard !name.isEmpty, !isBraced || after.first == "}" else {
        text += "$"
        continue
      }
      rest = isBraced ? after.dropFirst() : after
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
      parts.append(.group(Self.groups(of: Substring(name), groupNames)))
    }
    text += rest
    if !text.isEmpty { parts.append(.text(text)) }
  }

  private static let nameCategories: Set<Unicode.GeneralCategory> = [
    .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
    .decimalNumber,
  ]

  private static func groups(of name: Substring, _ groupNames: [String]) -> [Int] {
    let isNumber =
      name.utf8.allSatisfy(\.isDigit) && name.utf8.count <= 8
      && (name.utf8.count == 1 || name.utf8.first != UInt8(ascii: "0"))
    if isNumber { return Int(name).map { groupNames.indices.contains($0) ? [$0] : [] } ?? [] }
    return groupNames.indices.dropFirst().filter { groupNames[$0] == name }
  }

  /// The template with its groups replaced by what they took of a text.
  ///
  /// - Parameter slots: For each group the offsets of its beginning and its end, negative where it
  ///   took no part.
  func expand(_ text: UnsafeBufferPointer<UInt8>, _ slots: [Int32]) -> String {
    if parts.count == 1, case .group(let groups) = parts[0] {
      return Self.text(of: groups, text, slots) ?? ""
    }
    var result = ""
    for part in parts {
      switch part {
      case .text(let literal): result += literal
      case .group(let groups): result += Self.text(of: groups, text, slots) ?? ""
      }
    }
    return result
  }

  private static func text(
    of groups: [Int], _ text: UnsafeBufferPointer<UInt8>, _ slots: [Int32]
  ) -> String? {
    for group in groups where slots[group * 2] >= 0 && slots[group * 2 + 1] >= 0 {
      let range = Int(slots[group * 2])..<Int(slots[group * 2 + 1])
      return String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self)
    }
    return nil
  }
}
