/// What the text can go on with for a part of a pattern to match, or more than that.
///
/// Where only one branch of a split can match, nothing has to be noted for coming back to the other.
struct PatternLead: Sendable {
  /// A bit for each ASCII scalar.
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var isOther = false
  private var isEnd = false

  static let anything = PatternLead(low: .max, high: .max, isOther: true, isEnd: true)

  private init(low: UInt64, high: UInt64, isOther: Bool, isEnd: Bool) {
    (self.low, self.high, self.isOther, self.isEnd) = (low, high, isOther, isEnd)
  }

  /// How many instructions are looked at; behind more of them anything may stand.
  private static let reach = 16

  /// What stands at an instruction.
  init(_ start: UInt32, in program: PatternProgram) {
    var pending = [start]
    for _ in 0..<Self.reach {
      guard let index = pending.popLast() else { return }
      let instruction = program.instructions[Int(index)]
      switch instruction.operation {
      case .scalar where instruction.argument < 64: low |= 1 << UInt64(instruction.argument)
      case .scalar where instruction.argument < 128: high |= 1 << UInt64(instruction.argument - 64)
      case .scalar: isOther = true
      case .set:
        low |= program.asciiMasks[Int(instruction.argument) * 2]
        high |= program.asciiMasks[Int(instruction.argument) * 2 + 1]
        isOther = true
      case .assertion where instruction.argument == PatternTree.Assertion.textEnd.rawValue:
        isEnd = true
      case .assertion, .save: pending.append(instruction.next)
      case .split: pending += [instruction.next, instruction.argument]
      case .foldedScalar, .match:
        self = .anything
        return
      }
    }
    if !pending.isEmpty { self = .anything }
  }

  /// Whether a match can begin with a byte of UTF-8, `nil` for the end of the text.
  @inline(__always)
  func allows(_ byte: UInt8?) -> Bool {
    guard let byte else { return isEnd }
    return byte < 128 ? contains(ascii: byte) : isOther
  }

  /// Whether a match can begin with an ASCII scalar; `false` for other bytes.
  @inline(__always)
  func contains(ascii byte: UInt8) -> Bool {
    byte < 128 && (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
  }
}
