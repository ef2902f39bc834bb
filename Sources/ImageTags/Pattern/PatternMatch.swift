/// Where a pattern matched, and what its groups took.
public struct PatternMatch: Sendable {
  private let text: String
  private let offsets: [Int]
  private let groupNames: [String]

  init(text: String, offsets: [Int], groupNames: [String]) {
    self.text = text
    self.offsets = offsets
    self.groupNames = groupNames
  }

  /// How many groups there are, the whole match included.
  public var groupCount: Int { groupNames.count }

  /// The text of a group, 0 for the whole match; `nil` if it took no part or does not exist.
  public func group(_ index: Int) -> Substring? {
    guard groupNames.indices.contains(index), offsets[index * 2] >= 0, offsets[index * 2 + 1] >= 0
    else { return nil }
    let start = text.utf8.index(text.startIndex, offsetBy: offsets[index * 2])
    let end = text.utf8.index(text.startIndex, offsetBy: offsets[index * 2 + 1])
    return text[start..<end]
  }

  /// The text of the first group with this name that took part.
  public func group(named name: some StringProtocol) -> Substring? {
    for index in groupNames.indices.dropFirst() where groupNames[index] == name {
      if let text = group(index) { return text }
    }
    return nil
  }

  /// A template with `$1`, `${1}`, `$name` and `${name}` replaced by what the groups took.
  ///
  /// A name is as long as it can be: `$1x` is the group `1x`. Unknown groups are empty, `$$` is a
  /// dollar sign, and a dollar sign that begins no name stands for itself.
  public func expand(_ template: String) -> String {
    var result = ""
    var rest = template[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        result += "$"
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
        result += "$"
        continue
      }
      rest = isBraced ? after.dropFirst() : after
      if let value = value(of: Substring(name)) { result += value }
    }
    return result + rest
  }

  private static let nameCategories: Set<Unicode.GeneralCategory> = [
    .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
    .decimalNumber,
  ]

  private func value(of name: Substring) -> Substring? {
    let isNumber =
      name.utf8.allSatisfy(\.isDigit) && name.utf8.count <= 8
      && (name.utf8.count == 1 || name.utf8.first != UInt8(ascii: "0"))
    return isNumber ? Int(name).flatMap { group($0) } : group(named: name)
  }
}
