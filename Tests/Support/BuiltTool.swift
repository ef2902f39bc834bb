internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

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
    try Self.finish(
      Self.folder.appendingPathComponent(name).path, arguments, input: input, in: folder,
      environment: environment)
  }

  /// Runs any program found on the path.
  public static func program(
    _ name: String, _ arguments: [String], in folder: String? = nil
  ) throws -> Result {
    try finish(name, arguments, input: "", in: folder, environment: [:])
  }

  /// Runs a line of shell that finds the tools of this build on its path; standard error goes where
  /// standard output goes.
  public static func shell(_ line: String, in folder: String) throws -> Result {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try finish(
      "sh", ["-c", "exec 2>&1\n" + line], input: "", in: folder,
      environment: ["PATH": Self.folder.path + ":" + path])
  }

  /// Foundation's `Process` is not used: of many that run at once it can miss the end of one for ever.
  private static func finish(
    _ program: String, _ arguments: [String], input: String, in folder: String?,
    environment: [String: String]
  ) throws -> Result {
    // Files, not pipes: no output is too large and nothing has to be read while the tool runs.
    let streams = try TemporaryFolder()
    try streams.write("in", input)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, streams.path("in"), O_RDONLY, 0)
    for (descriptor, name) in [(Int32(1), "out"), (2, "err")] {
      posix_spawn_file_actions_addopen(
        &actions, descriptor, streams.path(name), O_WRONLY | O_CREAT, 0o600)
    }
    // Swift cannot see the call that starts a program in another folder, so a shell goes there.
    let arguments =
      folder.map { ["sh", "-c", "cd \"$0\" && exec \"$@\"", $0, program] + arguments }
      ?? [program] + arguments
    let variables = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
      .map { $0.key + "=" + $0.value }
    let lists = [arguments, variables].map { list in
      list.map { strdup($0) } + [nil]
    }
    defer { for text in lists.joined() { free(text) } }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, arguments[0], &actions, nil, lists[0], lists[1])
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EIO) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Result(
      status: signal == 0 ? status >> 8 & 0xFF : -signal,
      output: try streams.text("out"), errors: try streams.text("err"))
  }
}
