#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A line on standard error that says how far work has come: on a terminal only, after one second, and
/// gone when the work is done.
public struct ProgressLine {
  private let clock = ContinuousClock()
  private var next: ContinuousClock.Instant
  private var isShown = false
  private let isWanted: Bool

  /// Starts the time; nothing is shown yet.
  public init() {
    next = clock.now + .seconds(1)
    isWanted = isatty(2) == 1
  }

  /// Shows a text where it is time to, five times a second at most.
  public mutating func update(_ text: @autoclosure () -> String) {
    guard isWanted, clock.now >= next else { return }
    next = clock.now + .milliseconds(200)
    isShown = true
    StandardStreams.writeError("\r\u{1B}[K" + text())
  }

  /// Takes the line away, before anything else is written.
  public mutating func clear() {
    guard isShown else { return }
    isShown = false
    StandardStreams.writeError("\r\u{1B}[K")
  }
}
