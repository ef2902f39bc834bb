internal import SourceText

/// File patterns: `*`, `?`, `[a-z]`, `{a,b}` and `**` for any number of folders.
struct GlobPattern {
  private let alternatives: [[[Piece]]]

  private enum Piece {
    case anyFolders
    case star
    case any
    case literal(Character)
    case set([ClosedRange<Character>], isNegated: Bool)
  }

  /// Why a text is no pattern.
  enum Failure: String, Error {
    case malformed = "syntax error in pattern"
    case tooManyAlternatives = "the braces stand for too many patterns"
  }

  /// Each pair of braces multiplies the patterns that the text stands for; this many bytes of them, and
  /// of those on the way to them, are looked at.
  private static let maximumBytes = 1 << 17

  init(_ pattern: String) throws(Failure) {
    var alternatives: [[[Piece]]] = []
    var expansions: [String] = []
    var bytesLeft = Self.maximumBytes
    try Self.expand(pattern, &bytesLeft, &expansions)
    for expanded in expansions {
      // A brace that nothing closes.
      if expanded.contains("{") { throw .malformed }
      var parts: [[Piece]] = []
      for part in expanded.split(separator: "/", omittingEmptySubsequences: true) where part != "."
      {
        guard let pieces = Self.parse(part) else { throw .malformed }
        parts.append(pieces)
      }
      alternatives.append(parts)
    }
    self.alternatives = alternatives
  }

  /// The paths below a folder that match, in order, relative to it; only regular files.
  func matches(in folder: String, _ files: any FileSystem) -> [String] {
    var found: Set<String> = []
    func visit(_ path: String, _ relative: String, _ parts: ArraySlice<[Piece]>, _ depth: Int) {
      guard let first = parts.first, depth < 64 else { return }
      if case .anyFolders? = first.first, first.count == 1 {
        // At the end of a pattern it stands for all files below.
        let rest = parts.count == 1 ? [[Piece.star]] : parts.dropFirst()
        visit(path, relative, rest, depth)
        for name in (try? files.list(path)) ?? [] {
          let inner = FilePath.join(path, name)
          if files.kind(of: inner) == .folder {
            visit(inner, relative + name + "/", parts, depth + 1)
          }
        }
        return
      }
      for name in (try? files.list(path)) ?? [] where Self.matches(Array(name)[...], first[...]) {
        let inner = FilePath.join(path, name)
        let kind = files.kind(of: inner)
        if parts.count == 1 {
          if kind == .file { found.insert(relative + name) }
        } else if kind == .folder {
          visit(inner, relative + name + "/", parts.dropFirst(), depth + 1)
        }
      }
    }
    for parts in alternatives { visit(folder, "", parts[...], 0) }
    return found.sorted()
  }

  private static func expand(
    _ pattern: String, _ bytesLeft: inout Int, _ expansions: inout [String]
  ) throws(Failure) {
    bytesLeft -= pattern.utf8.count
    guard bytesLeft >= 0 else { throw .tooManyAlternatives }
    guard let open = pattern.firstIndex(of: "{") else { return expansions.append(pattern) }
    var depth = 0
    var parts = [""]
    var index = open
    while index < pattern.endIndex {
      let character = pattern[index]
      if character == "{" { depth += 1 }
      if character == "}" { depth -= 1 }
      if depth == 0 { break }
      if character == ",", depth == 1 {
        parts.append("")
      } else if !(character == "{" && depth == 1) {
        parts[parts.count - 1].append(character)
      }
      index = pattern.index(after: index)
    }
    guard index < pattern.endIndex else { return expansions.append(pattern) }
    let tail = pattern[pattern.index(after: index)...]
    for part in parts {
      try expand(String(pattern[..<open]) + part + tail, &bytesLeft, &expansions)
    }
  }

  private static func parse(_ part: Substring) -> [Piece]? {
    if part == "**" { return [.anyFolders] }
    var pieces: [Piece] = []
    var characters = Array(part)[...]
    while let next = characters.popFirst() {
      switch next {
      case "*": pieces.append(.star)
      case "?": pieces.append(.any)
      case "\\":
        guard let escaped = characters.popFirst() else { return nil }
        pieces.append(.literal(escaped))
      case "[":
        var isNegated = false
        if characters.first == "^" {
          isNegated = true
          characters.removeFirst()
        }
        var ranges: [ClosedRange<Character>] = []
        while let low = characters.first, low != "]" || ranges.isEmpty {
          characters.removeFirst()
          if characters.first == "-", characters.count > 1, let high = characters.dropFirst().first,
            high != "]"
          {
            guard low <= high else { return nil }
            ranges.append(low...high)
            characters.removeFirst(2)
          } else {
            ranges.append(low...low)
          }
        }
        guard characters.popFirst() == "]" else { return nil }
        pieces.append(.set(ranges, isNegated: isNegated))
      default: pieces.append(.literal(next))
      }
    }
    return pieces
  }

  private static func matches(_ name: ArraySlice<Character>, _ pieces: ArraySlice<Piece>) -> Bool {
    // Only the last star needs to be retried, so the match is never worse than quadratic.
    var name = name
    var pieces = pieces
    var retry: (name: ArraySlice<Character>, pieces: ArraySlice<Piece>)?
    while true {
      if case .star? = pieces.first {
        pieces = pieces.dropFirst()
        retry = (name, pieces)
        continue
      }
      if let piece = pieces.first, let first = name.first, accepts(piece, first) {
        name = name.dropFirst()
        pieces = pieces.dropFirst()
        continue
      }
      if pieces.isEmpty, name.isEmpty { return true }
      guard let mark = retry, !mark.name.isEmpty else { return false }
      name = mark.name.dropFirst()
      pieces = mark.pieces
      retry = (name, pieces)
    }
  }

  private static func accepts(_ piece: Piece, _ character: Character) -> Bool {
    switch piece {
    case .any: true
    case .literal(let wanted): wanted == character
    case .set(let ranges, let isNegated):
      ranges.contains { $0.contains(character) } != isNegated
    case .star, .anyFolders: false
    }
  }
}
