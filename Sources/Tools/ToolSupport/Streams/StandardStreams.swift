internal import SourceText

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Standard output and standard error, as good citizens of a pipe use them.
public enum StandardStreams {
  /// Writes data to standard output; when the reader has gone away the process ends quietly with 0.
  public static func writeOutput(_ bytes: [UInt8]) {
    finish(LocalFileSystem.writeAll(bytes, to: 1))
  }

  /// Writes text to standard output.
  public static func writeOutput(_ text: String) { writeOutput(Array(text.utf8)) }

  /// Writes text to standard error; failures are ignored, there is nowhere left to say so.
  public static func writeError(_ text: String) {
    _ = LocalFileSystem.writeAll(Array(text.utf8), to: 2)
  }

  /// Whether standard error is a terminal that wants colour (`NO_COLOR` unset, `TERM` not `dumb`).
  public static var errorWantsColor: Bool { isatty(2) == 1 && environmentAllowsColor }

  /// Whether standard output is a terminal that wants colour.
  public static var outputWantsColor: Bool { isatty(1) == 1 && environmentAllowsColor }

  /// Whether standard input is a terminal, where waiting for piped data would look like a hang.
  public static var inputIsTerminal: Bool { isatty(0) == 1 }

  /// Makes a broken pipe an error number instead of a signal. Call once, before any output.
  public static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  private static var environmentAllowsColor: Bool {
    getenv("NO_COLOR") == nil && getenv("TERM").map { String(cString: $0) } != "dumb"
  }

  private static func finish(_ failure: Int32) {
    guard failure != 0 else { return }
    if failure == EPIPE { exit(ExitStatus.success.rawValue) }
    writeError("error: cannot write to standard output: \(String(cString: strerror(failure)))\n")
    exit(ExitStatus.failure.rawValue)
  }
}
