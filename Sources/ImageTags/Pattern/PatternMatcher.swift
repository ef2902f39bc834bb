/// Finds matches of one pattern in many texts, reusing its memory.
///
/// Backtracking, with a mark for every pair of instruction and position that was tried: what failed
/// once fails again, so nothing is tried twice and the time is linear in the text. The order of the
/// tries is the priority of the alternatives, so the first match found is the leftmost-first one.
struct PatternMatcher {
  /// The most pairs of instruction and position: 32 MiB of marks.
  static let maximumStates = 1 << 28

  fileprivate struct Job {
    /// An instruction to go on at, or, with the high bit set, a slot to restore.
    var target: UInt32
    var position: Int32
  }

  fileprivate static let restore: UInt32 = 1 << 31

  private let pattern: Pattern
  private var visited: [UInt64] = []
  private var jobs: [Job] = []
  /// Where the groups of the last match begin and end, two for each; -1 where one took no part.
  private var slots: [Int32]
  private let maximumWork: Int
  /// What was done for all texts together, in instructions; eight words of marks count as one.
  private var work = 0

  init(_ pattern: Pattern, maximumWork: Int = Pattern.standardWork) {
    self.pattern = pattern
    self.maximumWork = maximumWork
    self.slots = Array(repeating: -1, count: pattern.program.slotCount)
  }

  /// The first match in a text, or `nil`.
  mutating func firstMatch(in text: String) throws(Pattern.TooLargeError) -> PatternMatch? {
    var text = text
    let found = text.withUTF8 { bytes in find(in: bytes) }
    guard try found.get() else { return nil }
    return PatternMatch(text: text, slots: slots, groupNames: pattern.groupNames)
  }

  /// What a template makes of the first match in a text, `nil` where there is none.
  mutating func expansion(
    of template: ExpansionTemplate, in text: String
  ) throws(Pattern.TooLargeError) -> String? {
    var text = text
    let expansion: Result<String?, Pattern.TooLargeError> = text.withUTF8 { bytes in
      find(in: bytes).map { $0 ? template.expand(bytes, slots) : nil }
    }
    return try expansion.get()
  }

  /// Whether the pattern matches in a text; ``slots`` then say where.
  private mutating func find(
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> Result<Bool, Pattern.TooLargeError> {
    let program = pattern.program
    let width = bytes.count + 1
    let (states, overflowed) = width.multipliedReportingOverflow(by: program.instructions.count)
    guard !overflowed, states <= Self.maximumStates else { return .failure(.textTooLong) }
    let words = (states + 63) / 64
    work += words / 8
    if visited.count < words { visited = Array(repeating: 0, count: words) }
    for index in slots.indices { slots[index] = -1 }
    var jobs = jobs
    self.jobs = []
    var run = 0
    let isFound = visited.withUnsafeMutableBufferPointer { visited in
      visited[..<words].update(repeating: 0)
      return slots.withUnsafeMutableBufferPointer { slots in
        program.withUnsafeTables { tables in
          var search = Search(
            program: program, tables: tables, bytes: bytes, visited: visited, slots: slots,
            jobs: jobs)
          jobs = []
          let isFound = search.run()
          (jobs, run) = (search.jobs, search.work)
          return isFound
        }
      }
    }
    self.jobs = jobs
    work += run
    return work <= maximumWork ? .success(isFound) : .failure(.tooMuchWork)
  }
}

/// The search in one text.
private struct Search {
  let program: PatternProgram
  let tables: PatternProgram.Tables
  let bytes: UnsafeBufferPointer<UInt8>
  let visited: UnsafeMutableBufferPointer<UInt64>
  let slots: UnsafeMutableBufferPointer<Int32>
  var jobs: [PatternMatcher.Job]
  var work = 0

  mutating func run() -> Bool {
    var position = 0
    while true {
      if isMatch(from: position) { return true }
      if program.isAnchored || position == bytes.count { return false }
      position += decode(at: position).length
    }
  }

  private mutating func isMatch(from start: Int) -> Bool {
    let width = bytes.count + 1
    jobs.removeAll(keepingCapacity: true)
    jobs.append(PatternMatcher.Job(target: program.start, position: Int32(start)))
    while let job = jobs.popLast() {
      if job.target & PatternMatcher.restore != 0 {
        slots[Int(job.target & ~PatternMatcher.restore)] = job.position
        continue
      }
      var index = Int(job.target)
      var position = Int(job.position)
      thread: while true {
        guard visit(index * width + position) else { break }
        let instruction = tables.instructions[index]
        switch instruction.operation {
        case .scalar, .foldedScalar, .set:
          guard position < bytes.count else { break thread }
          let (scalar, length) = decode(at: position)
          guard accepts(instruction, scalar) else { break thread }
          position += length
        case .assertion:
          guard holds(instruction.argument, position) else { break thread }
        case .split:
          let branches = tables.branches[index]
          if branches.isLoop {
            // What only the loop can take needs no coming back to.
            while position < bytes.count, branches.next.contains(ascii: bytes[position]),
              !branches.other.allows(bytes[position])
            {
              position += 1
              guard visit(index * width + position) else { break thread }
            }
          }
          let byte = position < bytes.count ? bytes[position] : nil
          guard branches.next.allows(byte) else {
            index = Int(instruction.argument)
            continue thread
          }
          guard branches.other.allows(byte) else { break }
          jobs.append(
            PatternMatcher.Job(target: instruction.argument, position: Int32(position)))
        case .save:
          let slot = Int(instruction.argument)
          jobs.append(
            PatternMatcher.Job(
              target: instruction.argument | PatternMatcher.restore, position: slots[slot]))
          slots[slot] = Int32(position)
        case .match: return true
        }
        index = Int(instruction.next)
      }
    }
    return false
  }

  /// Marks a pair of instruction and position; `false` if it was tried before.
  @inline(__always)
  private mutating func visit(_ state: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(state & 63)
    guard visited[state >> 6] & bit == 0 else { return false }
    visited[state >> 6] |= bit
    work &+= 1
    return true
  }

  @inline(__always)
  private func accepts(_ instruction: PatternProgram.Instruction, _ scalar: UInt32) -> Bool {
    switch instruction.operation {
    case .scalar: return scalar == instruction.argument
    case .foldedScalar: return CaseFolding.fold(scalar) == instruction.argument
    default:
      let set = Int(instruction.argument)
      guard scalar < 128 else { return program.sets[set].contains(scalar) }
      return tables.asciiMasks[set * 2 + Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 1
    }
  }

  private func holds(_ assertion: UInt32, _ position: Int) -> Bool {
    let isStart = position == 0
    let isEnd = position == bytes.count
    switch PatternTree.Assertion(rawValue: UInt8(assertion)) {
    case .textStart: return isStart
    case .textEnd: return isEnd
    case .lineStart: return isStart || bytes[position - 1] == UInt8(ascii: "\n")
    case .lineEnd: return isEnd || bytes[position] == UInt8(ascii: "\n")
    case .wordBoundary, .noWordBoundary:
      let isBoundary =
        (!isStart && isWord(bytes[position - 1])) != (!isEnd && isWord(bytes[position]))
      return isBoundary == (assertion == PatternTree.Assertion.wordBoundary.rawValue)
    case nil: return false
    }
  }

  private func isWord(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.isLetter || byte == UInt8(ascii: "_")
  }

  /// The scalar at a position of well-formed UTF-8, and how many bytes it has.
  @inline(__always)
  private func decode(at position: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(bytes[position])
    if first < 0x80 { return (first, 1) }
    func tail(_ distance: Int) -> UInt32 { UInt32(bytes[position + distance]) & 0x3F }
    if first < 0xE0 { return ((first & 0x1F) << 6 | tail(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3) }
    return ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
  }
}
