#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The files that differ from one in its length or in a single byte.
public struct Mutations: Sendable {
  /// Bytes that mean something to YAML, or to no encoding.
  private static let replacements: [UInt8] = [
    0x00, 0x09, 0x0A, 0x0D, 0x20, 0x21, 0x22, 0x23, 0x25, 0x26, 0x27, 0x2A, 0x2C, 0x2D, 0x2E, 0x3A,
    0x3C, 0x3E, 0x3F, 0x40, 0x5B, 0x5C, 0x5D, 0x60, 0x7B, 0x7C, 0x7D, 0x7E, 0xC3, 0xEF, 0xFF,
  ]

  private let bytes: [UInt8]
  private let every: Int

  /// Names the mutations of a file: all of them, or every n-th.
  public init(of bytes: [UInt8], every: Int = 1) {
    self.bytes = bytes
    self.every = every
  }

  /// What came of all mutations.
  public struct Outcome: Sendable {
    /// How many there were.
    public var count = 0
    /// How many break a promise.
    public var failures = 0
    /// The processor time that the slowest took, in milliseconds.
    public var slowest = 0.0
  }

  /// Runs all promises on each, edits at the place that is changed; tells what breaks one.
  public func exercise(_ report: (String) -> Void) -> Outcome {
    var outcome = Outcome()
    var number = 0
    func check(
      _ bytes: @autoclosure () -> [UInt8], at place: Int, _ name: @autoclosure () -> String
    ) {
      number += 1
      guard number % every == 0 else { return }
      let start = clock()
      do throws(ManifestExercise.Breach) {
        try ManifestExercise(allowsRefusedLayouts: true, place: place).run(bytes())
      } catch {
        outcome.failures += 1
        report("\(name()): \(error)")
      }
      outcome.count += 1
      let milliseconds = Double(clock() - start) * 1000 / Double(CLOCKS_PER_SEC)
      outcome.slowest = max(outcome.slowest, milliseconds)
    }
    for length in 0...bytes.count {
      check(Array(bytes[..<length]), at: length, "the first \(length) bytes")
    }
    var changed = bytes
    for index in bytes.indices {
      for byte in Self.replacements where byte != bytes[index] {
        changed[index] = byte
        check(changed, at: index, "byte \(index) is \(byte)")
      }
      changed[index] = bytes[index]
    }
    return outcome
  }
}
