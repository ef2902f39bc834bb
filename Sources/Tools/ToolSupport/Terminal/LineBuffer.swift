/// A line being typed: its text, the place of the cursor, and the lines before it.
///
/// Knows nothing of terminals, so that every key can be tested.
public struct LineBuffer: Sendable {
  /// What a key does.
  public enum Key: Equatable, Sendable {
    /// A character that stands for itself.
    case character(Character)
    /// Moving by one place, or to an end.
    case left, right, start, end
    /// Going through the lines before.
    case up, down
    /// Deleting one character, or everything to an end.
    case backspace, delete, deleteToStart, deleteToEnd
    /// Completing the word before the cursor.
    case complete
  }

  /// The characters so far.
  public private(set) var characters: [Character] = []
  /// How many of them are before the cursor.
  public private(set) var cursor = 0
  /// The lines before, the oldest first.
  public private(set) var history: [String] = []
  private var place = 0
  private var unfinished: [Character] = []
  private let completions: @Sendable (String) -> [String]

  /// Creates an empty line. `completions` tells the words that begin with a text.
  public init(completions: @escaping @Sendable (String) -> [String] = { _ in [] }) {
    self.completions = completions
  }

  /// The line as text.
  public var text: String { String(characters) }

  /// Ends the line: remembers it, unless it is empty or the same as the last, and starts another.
  public mutating func finish() -> String {
    let line = text
    if !line.isEmpty, history.last != line { history.append(line) }
    characters = []
    cursor = 0
    place = history.count
    return line
  }

  /// Does what a key does; returns words to choose from where completion finds several.
  @discardableResult
  public mutating func press(_ key: Key) -> [String] {
    switch key {
    case .character(let character):
      characters.insert(character, at: cursor)
      cursor += 1
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .start: cursor = 0
    case .end: cursor = characters.count
    case .up: recall(place - 1)
    case .down: recall(place + 1)
    case .backspace:
      if cursor > 0 {
        cursor -= 1
        characters.remove(at: cursor)
      }
    case .delete: if cursor < characters.count { characters.remove(at: cursor) }
    case .deleteToStart:
      characters.removeFirst(cursor)
      cursor = 0
    case .deleteToEnd: characters.removeLast(characters.count - cursor)
    case .complete: return complete()
    }
    return []
  }

  private mutating func recall(_ index: Int) {
    guard index >= 0, index <= history.count else { return }
    if place == history.count { unfinished = characters }
    place = index
    characters = index == history.count ? unfinished : Array(history[index])
    cursor = characters.count
  }

  private mutating func complete() -> [String] {
    let before = characters[..<cursor]
    let isWord: (Character) -> Bool = { $0.isLetter || $0.isNumber || "_.-:".contains($0) }
    let start = before.lastIndex { !isWord($0) }.map { $0 + 1 } ?? 0
    let word = String(before[start...])
    guard !word.isEmpty else { return [] }
    let found = completions(word)
    guard let first = found.first else { return [] }
    let shared = found.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    for character in shared.dropFirst(word.count) { press(.character(character)) }
    return found.count > 1 && shared == word ? found : []
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
