/// Finds matches of one pattern in many texts, reusing its memory.
///
/// Backtracking, with a mark for every pair of instruction and position that was tried: what failed
/// once fails again, so nothing is tried twice and the time is linear in the text. The order of the
/// tries is the priority of the alternatives, so the first match found is the leftmost-first one.
struct PatternMatcher {
  /// The most pairs of instruction and position: 32 MiB of marks.
  static let maximumStates = 1 << 28

  private struct Job {
    /// An instruction to go on at, or, with the high bit set, a slot to restore.
    var target: UInt32
    var position: Int32
  }

  private static let restore: UInt32 = 1 << 31

  private let pattern: Pattern
  private var visited: [UInt64] = []
  private var jobs: [Job] = []
  private var slots: [Int32]
  private let maximumWork: Int
  /// What was done for all texts together, in instructions; eight words of marks count as one.
  private var work = 0

  init(_ pattern: Pattern, maximumWork: Int = Pattern.standardWork) {
    self.pattern = pattern
    self.maximumWork = maximumWork
    self.slots = Array(repeating: -1, count: pattern.program.slotCount)
  }

  mutating func firstMatch(in text: String) throws(Pattern.TooLargeError) -> PatternMatch? {
    let program = pattern.program
    let width = text.utf8.count + 1
    let (states, overflowed) = width.multipliedReportingOverflow(by: program.instructions.count)
    guard !overflowed, states <= Self.maximumStates else { throw .textTooLong }
    let words = (states + 63) / 64
    work += words / 8
    if visited.count < words {
      visited = Array(repeating: 0, count: words)
    } else {
      for index in 0..<words { visited[index] = 0 }
    }
    var text = text
    let isFound = text.withUTF8 { bytes in
      program.instructions.withUnsafeBufferPointer { instructions in
        search(bytes, instructions)
      }
    }
    guard work <= maximumWork else { throw .tooMuchWork }
    guard isFound else { return nil }
    return PatternMatch(text: text, offsets: slots.map(Int.init), groupNames: pattern.groupNames)
  }

  private mutating func search(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ instructions: UnsafeBufferPointer<PatternProgram.Instruction>
  ) -> Bool {
    for index in slots.indices { slots[index] = -1 }
    var position = 0
    while true {
      if run(from: position, bytes, instructions) { return true }
      if pattern.program.isAnchored || position == bytes.count { return false }
      position += decode(bytes, at: position).length
    }
  }

  private mutating func run(
    from start: Int, _ bytes: UnsafeBufferPointer<UInt8>,
    _ instructions: UnsafeBufferPointer<PatternProgram.Instruction>
  ) -> Bool {
    let width = bytes.count + 1
    jobs.removeAll(keepingCapacity: true)
    jobs.append(Job(target: pattern.program.start, position: Int32(start)))
    while let job = jobs.popLast() {
      if job.target & Self.restore != 0 {
        slots[Int(job.target & ~Self.restore)] = job.position
        continue
      }
      var index = Int(job.target)
      var position = Int(job.position)
      thread: while true {
        let state = index * width + position
        let bit: UInt64 = 1 << UInt64(state & 63)
        guard visited[state >> 6] & bit == 0 else { break }
        visited[state >> 6] |= bit
        work += 1
        let instruction = instructions[index]
        switch instruction.operation {
        case .scalar, .foldedScalar, .set:
          guard position < bytes.count else { break thread }
          let (scalar, length) = decode(bytes, at: position)
          guard accepts(instruction, scalar) else { break thread }
          position += length
        case .assertion:
          guard holds(instruction.argument, bytes, position) else { break thread }
        case .split:
          jobs.append(Job(target: instruction.argument, position: Int32(position)))
        case .save:
          let slot = Int(instruction.argument)
          jobs.append(Job(target: instruction.argument | Self.restore, position: slots[slot]))
          slots[slot] = Int32(position)
        case .match: return true
        }
        index = Int(instruction.next)
      }
    }
    return false
  }

  @inline(__always)
  private func accepts(_ instruction: PatternProgram.Instruction, _ scalar: UInt32) -> Bool {
    switch instruction.operation {
    case .scalar: scalar == instruction.argument
    case .foldedScalar: CaseFolding.fold(scalar) == instruction.argument
    default: pattern.program.sets[Int(instruction.argument)].contains(scalar)
    }
  }

  private func holds(
    _ assertion: UInt32, _ bytes: UnsafeBufferPointer<UInt8>, _ position: Int
  ) -> Bool {
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
  private func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> (scalar: UInt32, length: Int) {
    let first = UInt32(bytes[position])
    if first < 0x80 { return (first, 1) }
    func tail(_ distance: Int) -> UInt32 { UInt32(bytes[position + distance]) & 0x3F }
    if first < 0xE0 { return ((first & 0x1F) << 6 | tail(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3) }
    return ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
  }
}
