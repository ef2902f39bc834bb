import Testing

@testable import InfraPlan

@Suite struct NumberTests {
  /// A generator that always tells the same story.
  private struct Steady: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }

    /// Limbs of all ones and all zeros are where carries go wrong.
    mutating func natural(limbs: Int) -> Natural {
      Natural(
        limbs: (0..<Int.random(in: 0...limbs, using: &self)).map { _ in
          switch Int.random(in: 0..<4, using: &self) {
          case 0: 0
          case 1: .max
          case 2: 1 << UInt64.random(in: 0..<64, using: &self)
          default: next()
          }
        })
    }
  }

  @Test(arguments: 0..<200) func divisionUndoesMultiplication(seed: Int) {
    var random = Steady(state: UInt64(seed))
    let left = random.natural(limbs: 9)
    let right = random.natural(limbs: 5)
    let rest = random.natural(limbs: 4)
    guard !right.isZero else { return }
    let small = rest.divided(by: right).remainder
    #expect(small < right)
    let (quotient, remainder) = (left * right + small).divided(by: right)
    #expect(quotient == left)
    #expect(remainder == small)
  }

  @Test(arguments: 0..<100) func additionAndDistanceAgree(seed: Int) {
    var random = Steady(state: UInt64(seed) + 1000)
    let left = random.natural(limbs: 6)
    let right = random.natural(limbs: 6)
    #expect(Natural.distance(left + right, right) == left)
    #expect(left + right == right + left)
    #expect(!(left + right < left))
    #expect((left + right) * right == left * right + right * right)
  }

  @Test(arguments: 0..<100) func shiftsArePowersOfTwo(seed: Int) {
    var random = Steady(state: UInt64(seed) + 2000)
    let value = random.natural(limbs: 5)
    let count = Int.random(in: 0...200, using: &random)
    #expect(value << count == value * Natural(2).power(count))
    #expect((value << count) >> count == value)
    #expect(value >> count == value.divided(by: .powerOfTwo(count)).quotient)
  }

  @Test(arguments: [2, 8, 10, 16, 36]) func digitsReadBack(radix: Int) {
    var random = Steady(state: UInt64(radix))
    for limbs in [0, 1, 2, 3, 17, 60] {
      let value = random.natural(limbs: limbs)
      #expect(Natural(digits: value.digits(radix: radix), radix: radix) == value)
    }
  }

  @Test func longNumbersPrintSoon() {
    let digits = [UInt8](repeating: 0x39, count: 100_000)
    #expect(Natural(digits: digits).map { $0.digits() } == digits)
  }

  @Test(arguments: [
    ("0.1", "0.1"), ("-0.1", "-0.1"), ("1e21", "1000000000000000000000"), ("1e-7", "0.0000001"),
    ("100.50", "100.5"), ("-0", "-0"), (".5", "0.5"), ("1.", "1"), ("0.30", "0.3"),
    ("123456789012345678901234567890.123", "123456789012345678901234567890.123"),
    ("1e400", "1" + String(repeating: "0", count: 400)),
    ("1e-400", "0." + String(repeating: "0", count: 399) + "1"),
  ]) func decimalsPrintAsWritten(text: String, expected: String) {
    #expect(BigFloat(decimal: text)?.decimalText == expected)
  }

  @Test(arguments: ["", ".", "-", "1e", "1e+", "x", "1_000", "1e200001", "0x1", "1.2.3", " 1"])
  func whatIsNoNumberIsRefused(text: String) {
    #expect(BigFloat(decimal: text) == nil)
  }

  @Test(arguments: 0..<100) func shortestDigitsReadBack(seed: Int) throws {
    var random = Steady(state: UInt64(seed) + 3000)
    let precision = [24, 53, 64, 512][seed % 4]
    let value = BigFloat(
      isNegative: false, mantissa: random.natural(limbs: 9),
      exponent: Int.random(in: -6000...6000, using: &random), precision: precision)
    guard !value.isZero else { return }
    let digits = value.shortestDigits
    let text =
      String(decoding: digits.digits, as: UTF8.self) + "e\(digits.point - digits.digits.count)"
    let read = try #require(BigFloat(decimal: text, precision: precision))
    #expect(BigFloat.compare(read, value) == 0)
    #expect(digits.digits.count <= precision * 3 / 10 + 3)
  }

  @Test func doublesPassThrough() {
    var random = Steady(state: 7)
    for _ in 0..<500 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(BigFloat(value, precision: 53).double == value)
    }
    for value in [Double.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude] {
      #expect(BigFloat(value, precision: 53).double == value)
    }
    #expect(BigFloat(decimal: "1e400")?.double == .infinity)
    #expect(BigFloat(decimal: "1e-400")?.double == 0)
    #expect(BigFloat(decimal: "9007199254740993")?.double == 9_007_199_254_740_992)
  }

  @Test func arithmeticRoundsToNearest() throws {
    let third = try #require(Number.quotient(Number(1), Number(3)))
    let whole = try #require(Number.product(third, Number(3)))
    #expect(whole == Number(1))
    let tenth = try #require(Number("0.1"))
    let fifth = try #require(Number("0.2"))
    let sum = try #require(Number.sum(tenth, fifth))
    #expect(sum.text == "0.3")
    let tiny = try #require(Number("1e-5000"))
    #expect(Number.sum(Number(1), tiny) == Number(1))
  }

  @Test func exponentsBeyondTheOriginalsBecomeInfiniteOrZero() throws {
    var large = try #require(Number("1e200000"))
    var small = try #require(Number("1e-200000"))
    for _ in 0..<70 {
      large = try #require(Number.product(large, large))
      small = try #require(Number.product(small, small))
    }
    #expect(large.isInfinite)
    #expect(small.isZero)
  }
}
