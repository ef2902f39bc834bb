/// Where a pattern matched, and what its groups took.
public struct PatternMatch: Sendable {
  private let text: String
  private let slots: [Int32]
  private let groupNames: [String]

  init(text: String, slots: [Int32], groupNames: [String]) {
    self.text = text
    self.slots = slots
    self.groupNames = groupNames
  }

  /// How many groups there are, the whole match included.
  public var groupCount: Int { groupNames.count }

  /// The text of a group, 0 for the whole match; `nil` if it took no part or does not exist.
  public func group(_ index: Int) -> Substring? {
    guard groupNames.indices.contains(index), slots[index * 2] >= 0, slots[index * 2 + 1] >= 0
    else { return nil }
    let start = text.utf8.index(text.startIndex, offsetBy: Int(slots[index * 2]))
    let end = text.utf8.index(text.startIndex, offsetBy: Int(slots[index * 2 + 1]))
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
    let template = ExpansionTemplate(template, groupNames: groupNames)
    var text = text
    return text.withUTF8 { template.expand($0, slots) }
  }
}
