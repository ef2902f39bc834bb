internal import Dispatch
internal import Foundation

/// One of the package's executables, run as its users run it.
public struct BuiltTool: Sendable {
  /// What a run gave.
  public struct Result: Sendable {
    /// The exit status; negative for a signal.
    public let status: Int32
    /// Standard output.
    public let output: String
    /// Standard error.
    public let errors: String
  }

  /// The executable's name.
  public let name: String

  /// Names an executable of this build.
  public init(_ name: String) { self.name = name }

  /// Where this build put its executables: beside the test bundle.
  static let folder: URL = {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
  }()

  /// Runs the tool to its end.
  public func run(
    _ arguments: [String], input: String = "", in folder: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = Self.folder.appendingPathComponent(name)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.environment = ProcessInfo.processInfo.environment
      .merging(environment) { _, new in new }
    return try Self.finish(process, input: input)
  }

  /// Runs any program found on the path.
  public static func program(
    _ name: String, _ arguments: [String], in folder: String? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [name] + arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    return try finish(process, input: "")
  }

  private static func finish(_ process: Process, input: String) throws -> Result {
    // Files, not pipes: no output is too large and nothing has to be read while the tool runs.
    let folder = try TemporaryFolder()
    let standardInput = try folder.write("in", input)
    let output = try folder.write("out", "")
    let errors = try folder.write("err", "")
    process.standardInput = FileHandle(forReadingAtPath: standardInput)
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    // The end is taken from the handler: waiting on the process itself needs a run loop, and may miss
    // an end that comes early when many processes run at once.
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    ended.wait()
    let status = process.terminationStatus
    return Result(
      status: process.terminationReason == .exit ? status : -status,
      output: try folder.text("out"), errors: try folder.text("err"))
  }
}
