/// A pattern as instructions for ``PatternMatcher``.
struct PatternProgram: Sendable {
  struct Instruction: Sendable {
    enum Operation: UInt8, Sendable {
      /// One scalar: `argument`.
      case scalar
      /// One scalar that folds to `argument`.
      case foldedScalar
      /// One scalar of the set at `argument`.
      case set
      /// The assertion `argument`.
      case assertion
      /// Goes on at `next`, and at `argument` if that fails.
      case split
      /// Notes the position in slot `argument`.
      case save
      case match
    }

    var operation: Operation
    var next: UInt32 = 0
    var argument: UInt32 = 0
  }

  /// The two ways out of a split.
  struct Branches: Sendable {
    var next = PatternLead.anything
    var other = PatternLead.anything
    /// Whether `next` takes one scalar and comes back.
    var isLoop = false

    init(at index: Int, in program: PatternProgram) {
      let split = program.instructions[index]
      guard split.operation == .split else { return }
      next = PatternLead(split.next, in: program)
      other = PatternLead(split.argument, in: program)
      let body = program.instructions[Int(split.next)]
      isLoop = body.next == index && (body.operation == .set || body.operation == .scalar)
    }
  }

  /// The tables as they are read in a search.
  struct Tables {
    let instructions: UnsafeBufferPointer<Instruction>
    let asciiMasks: UnsafeBufferPointer<UInt64>
    let branches: UnsafeBufferPointer<Branches>
  }

  func withUnsafeTables<Value>(_ body: (Tables) -> Value) -> Value {
    instructions.withUnsafeBufferPointer { instructions in
      asciiMasks.withUnsafeBufferPointer { masks in
        branches.withUnsafeBufferPointer { branches in
          body(Tables(instructions: instructions, asciiMasks: masks, branches: branches))
        }
      }
    }
  }

  static let maximumSize = 100_000

  private(set) var instructions: [Instruction] = []
  /// By the index of an instruction, what each way out of a split can begin with.
  private(set) var branches: [Branches] = []
  let sets: [ScalarSet]
  /// The two words of each set's ``ScalarSet/asciiMask``, one set after the other.
  let asciiMasks: [UInt64]
  let slotCount: Int
  private(set) var start: UInt32 = 0
  /// Whether a match can only begin where the text does.
  private(set) var isAnchored = false

  init(
    _ tree: PatternTree, sets: [ScalarSet], groups: Int, pattern: String
  ) throws(Pattern.ParseError) {
    self.sets = sets
    self.asciiMasks = sets.flatMap { [$0.asciiMask.low, $0.asciiMask.high] }
    self.slotCount = groups * 2
    let match = try emit(.match, pattern: pattern)
    // Compiled from the end to the beginning: each part knows where the text goes on after it.
    start = try compile(.group(0, tree), next: match, pattern: pattern)
    isAnchored = Self.beginsAtTextStart(tree)
    branches = instructions.indices.map { Branches(at: $0, in: self) }
  }

  private static func beginsAtTextStart(_ tree: PatternTree) -> Bool {
    switch tree {
    case .assertion(.textStart): true
    case .group(_, let inner): beginsAtTextStart(inner)
    case .sequence(let parts): parts.first.map(beginsAtTextStart) ?? false
    case .alternatives(let parts): parts.allSatisfy(beginsAtTextStart)
    default: false
    }
  }

  private mutating func emit(
    _ operation: Instruction.Operation, next: UInt32 = 0, _ argument: UInt32 = 0,
    pattern: String
  ) throws(Pattern.ParseError) -> UInt32 {
    guard instructions.count < Self.maximumSize else {
      throw Pattern.ParseError(message: "the pattern is too large", fragment: pattern)
    }
    instructions.append(Instruction(operation: operation, next: next, argument: argument))
    return UInt32(instructions.count - 1)
  }

  private mutating func compile(
    _ tree: PatternTree, next: UInt32, pattern: String
  ) throws(Pattern.ParseError) -> UInt32 {
    switch tree {
    case .empty: return next
    case .literal(let scalar, let ignoresCase):
      return try emit(
        ignoresCase ? .foldedScalar : .scalar, next: next, scalar, pattern: pattern)
    case .set(let index): return try emit(.set, next: next, UInt32(index), pattern: pattern)
    case .assertion(let kind):
      return try emit(.assertion, next: next, UInt32(kind.rawValue), pattern: pattern)
    case .group(let index, let inner):
      let close = try emit(.save, next: next, UInt32(index * 2 + 1), pattern: pattern)
      let body = try compile(inner, next: close, pattern: pattern)
      return try emit(.save, next: body, UInt32(index * 2), pattern: pattern)
    case .sequence(let parts):
      var next = next
      for part in parts.reversed() { next = try compile(part, next: next, pattern: pattern) }
      return next
    case .alternatives(let parts):
      var start = next
      for (index, part) in parts.enumerated().reversed() {
        let body = try compile(part, next: next, pattern: pattern)
        start =
          index == parts.count - 1
          ? body : try emit(.split, next: body, start, pattern: pattern)
      }
      return start
    case .repetition(let inner, let minimum, let maximum, let isLazy):
      return try compileRepetition(
        inner, minimum, maximum, isLazy: isLazy, next: next, pattern: pattern)
    }
  }

  private mutating func compileRepetition(
    _ inner: PatternTree, _ minimum: Int, _ maximum: Int?, isLazy: Bool, next: UInt32,
    pattern: String
  ) throws(Pattern.ParseError) -> UInt32 {
    var start = next
    if let maximum {
      // x{2,4} is xx(x(x)?)?.
      for _ in 0..<(maximum - minimum) {
        let body = try compile(inner, next: start, pattern: pattern)
        start = try split(body, or: next, isLazy: isLazy, pattern: pattern)
      }
    } else if minimum == 0, !inner.isNullable {
      let loop = try emit(.split, pattern: pattern)
      let body = try compile(inner, next: loop, pattern: pattern)
      setSplit(at: loop, body, or: next, isLazy: isLazy)
      return loop
    } else {
      // One or more; where nothing at all may be repeated, x* is (x+)? to keep the priorities.
      let loop = try emit(.split, pattern: pattern)
      let body = try compile(inner, next: loop, pattern: pattern)
      setSplit(at: loop, body, or: next, isLazy: isLazy)
      start =
        minimum == 0 ? try split(body, or: next, isLazy: isLazy, pattern: pattern) : body
      for _ in 0..<max(0, minimum - 1) { start = try compile(inner, next: start, pattern: pattern) }
      return start
    }
    for _ in 0..<minimum { start = try compile(inner, next: start, pattern: pattern) }
    return start
  }

  private mutating func split(
    _ body: UInt32, or next: UInt32, isLazy: Bool, pattern: String
  ) throws(Pattern.ParseError) -> UInt32 {
    try emit(.split, next: isLazy ? next : body, isLazy ? body : next, pattern: pattern)
  }

  private mutating func setSplit(at index: UInt32, _ body: UInt32, or next: UInt32, isLazy: Bool) {
    instructions[Int(index)].next = isLazy ? next : body
    instructions[Int(index)].argument = isLazy ? body : next
  }
}
