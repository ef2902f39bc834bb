public import ArgumentParser

/// The exit status of every tool. Wrong usage (64) is ArgumentParser's own.
public enum ExitStatus: Int32, Sendable {
  /// The answer is yes, or the work is done.
  case success = 0
  /// The answer is no: invalid, different, violated.
  case negative = 1
  /// No answer could be given: bad input or an I/O failure.
  case failure = 2

  /// The status as the error that ends a command.
  public var code: ExitCode { ExitCode(rawValue) }
}
