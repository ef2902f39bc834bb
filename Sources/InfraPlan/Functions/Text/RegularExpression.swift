/// Regular expressions with RE2's syntax and semantics: leftmost-first, and in time linear in the
/// text for every pattern, so that a hostile pattern cannot hang a run.
struct RegularExpression: Sendable {
  struct SyntaxError: Error {
    var message: String
    var fragment: String
  }

  /// A step of the matching program.
  enum Instruction: Sendable {
    case scalar([ClosedRange<UInt32>])
    case split(Int, Int)
    case jump(Int)
    case save(Int)
    case assert(Assertion)
    case match
  }

  enum Assertion: Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary
  }

  let program: [Instruction]
  /// The name of each group, the whole match excluded; `nil` for unnamed ones.
  let groupNames: [String?]

  init(_ pattern: String) throws(SyntaxError) {
    var parser = RegularExpressionParser(pattern)
    let tree = try parser.parse()
    groupNames = parser.groupNames
    var compiler = RegularExpressionCompiler()
    try compiler.compile(tree, pattern)
    program = compiler.program
  }

  /// The groups of the first match at or after a position: start and end of the whole match, then
  /// of each group, -1 where a group took no part.
  func firstMatch(in text: [Unicode.Scalar], from start: Int) -> [Int]? {
    var current = Threads(program.count)
    var next = Threads(program.count)
    var best: [Int]?
    let slots = 2 * (groupNames.count + 1)
    var position = start
    while true {
      if best == nil {
        add(&current, 0, Array(repeating: -1, count: slots), text, position)
      }
      if current.list.isEmpty, best != nil { break }
      next.clear()
      loop: for (counter, slots) in current.list {
        switch program[counter] {
        case .scalar(let ranges):
          guard position < text.count, Self.contains(ranges, text[position].value) else { continue }
          add(&next, counter + 1, slots, text, position + 1)
        case .match:
          best = slots
          break loop
        default: continue
        }
      }
      swap(&current, &next)
      position += 1
      if position > text.count { break }
    }
    return best
  }

  /// All matches that do not overlap; an empty match directly after another is skipped.
  func allMatches(in text: [Unicode.Scalar]) -> [[Int]] {
    var matches: [[Int]] = []
    var position = 0
    var lastEnd = -1
    while position <= text.count, let match = firstMatch(in: text, from: position) {
      let isEmpty = match[0] == match[1]
      if !(isEmpty && match[1] == lastEnd) { matches.append(match) }
      lastEnd = match[1]
      position = isEmpty ? match[1] + 1 : match[1]
      if isEmpty, match[1] >= text.count { break }
    }
    return matches
  }

  static func contains(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(value)
  }

  private struct Threads {
    var list: [(Int, [Int])] = []
    var seen: [Bool]

    init(_ count: Int) { seen = Array(repeating: false, count: count) }

    mutating func clear() {
      list.removeAll(keepingCapacity: true)
      for index in seen.indices { seen[index] = false }
    }
  }

  /// Follows steps that read nothing; a stack instead of recursion, as programs may be long.
  private func add(
    _ threads: inout Threads, _ start: Int, _ slots: [Int], _ text: [Unicode.Scalar],
    _ position: Int
  ) {
    var pending: [(Int, [Int])] = [(start, slots)]
    while let (counter, slots) = pending.popLast() {
      if threads.seen[counter] { continue }
      threads.seen[counter] = true
      switch program[counter] {
      case .jump(let target): pending.append((target, slots))
      case .split(let first, let second):
        pending.append((second, slots))
        pending.append((first, slots))
      case .save(let slot):
        var copy = slots
        copy[slot] = position
        pending.append((counter + 1, copy))
      case .assert(let assertion):
        if holds(assertion, text, position) { pending.append((counter + 1, slots)) }
      case .scalar, .match: threads.list.append((counter, slots))
      }
    }
  }

  private func holds(_ assertion: Assertion, _ text: [Unicode.Scalar], _ position: Int) -> Bool {
    switch assertion {
    case .textStart: return position == 0
    case .textEnd: return position == text.count
    case .lineStart: return position == 0 || text[position - 1] == "\n"
    case .lineEnd: return position == text.count || text[position] == "\n"
    case .wordBoundary, .notWordBoundary:
      let before = position > 0 && Self.isWord(text[position - 1])
      let after = position < text.count && Self.isWord(text[position])
      return (before != after) == (assertion == .wordBoundary)
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return false }
    let byte = UInt8(scalar.value)
    return Byte.isLetter(byte) || Byte.isDigit(byte) || byte == Byte.underscore
  }
}

/// The parsed form of a pattern.
indirect enum RegularExpressionTree {
  case empty
  case set([ClosedRange<UInt32>])
  case assert(RegularExpression.Assertion)
  case sequence([RegularExpressionTree])
  case choice([RegularExpressionTree])
  case group(RegularExpressionTree, Int)
  case repeated(RegularExpressionTree, Int, Int?, isGreedy: Bool)
}

/// Turns a parsed pattern into a program.
struct RegularExpressionCompiler {
  private(set) var program: [RegularExpression.Instruction] = []
  /// The most steps a pattern may have; nested counted repetition multiplies.
  private static let limit = 100_000

  mutating func compile(
    _ tree: RegularExpressionTree, _ pattern: String
  ) throws(RegularExpression.SyntaxError) {
    program.append(.save(0))
    try emit(tree, pattern)
    program.append(.save(1))
    program.append(.match)
  }

  private mutating func emit(
    _ tree: RegularExpressionTree, _ pattern: String
  ) throws(RegularExpression.SyntaxError) {
    guard program.count < Self.limit else {
      throw .init(message: "expression too large", fragment: pattern)
    }
    switch tree {
    case .empty: break
    case .set(let ranges): program.append(.scalar(ranges))
    case .assert(let assertion): program.append(.assert(assertion))
    case .sequence(let parts): for part in parts { try emit(part, pattern) }
    case .group(let inner, let index):
      program.append(.save(2 * index))
      try emit(inner, pattern)
      program.append(.save(2 * index + 1))
    case .choice(let parts):
      var jumps: [Int] = []
      for (index, part) in parts.enumerated() {
        guard index < parts.count - 1 else {
          try emit(part, pattern)
          break
        }
        let split = program.count
        program.append(.jump(0))
        try emit(part, pattern)
        jumps.append(program.count)
        program.append(.jump(0))
        program[split] = .split(split + 1, program.count)
      }
      for jump in jumps { program[jump] = .jump(program.count) }
    case .repeated(let inner, let minimum, let maximum, let isGreedy):
      try emitRepeat(inner, minimum, maximum, isGreedy, pattern)
    }
  }

  private mutating func emitRepeat(
    _ inner: RegularExpressionTree, _ minimum: Int, _ maximum: Int?, _ isGreedy: Bool,
    _ pattern: String
  ) throws(RegularExpression.SyntaxError) {
    for _ in 0..<minimum { try emit(inner, pattern) }
    func branch(_ enter: Int, _ leave: Int) -> RegularExpression.Instruction {
      isGreedy ? .split(enter, leave) : .split(leave, enter)
    }
    guard let maximum else {
      let split = program.count
      program.append(.jump(0))
      try emit(inner, pattern)
      program.append(.jump(split))
      program[split] = branch(split + 1, program.count)
      return
    }
    var splits: [Int] = []
    for _ in minimum..<max(minimum, maximum) {
      splits.append(program.count)
      program.append(.jump(0))
      try emit(inner, pattern)
    }
    for split in splits { program[split] = branch(split + 1, program.count) }
  }
}
