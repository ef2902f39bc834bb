internal import SourceText

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Runs another program to its end. Arguments go to it one by one: no shell is involved.
public struct ChildProcess: Sendable {
  /// What a program left behind.
  public struct Output: Sendable {
    /// The exit status; 128 plus the signal's number if a signal ended it.
    public let status: Int32
    /// What it wrote to standard output.
    public let output: [UInt8]
    /// What it wrote to standard error.
    public let errors: [UInt8]
  }

  /// Why a program could not be run.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The program and the system's words.
    public let description: String

    /// Creates a failure.
    public init(_ description: String) { self.description = description }
  }

  /// The program: a path, or a name to look up in `PATH`.
  public var program: String
  /// Variables set for it in addition to this process's own.
  public var environment: [String: String]
  /// How many bytes it may write; one that writes more is stopped, and running it fails.
  public var maximumOutput = 1 << 30

  /// Creates a description of a program to run.
  public init(_ program: String, environment: [String: String] = [:]) {
    self.program = program
    self.environment = environment
  }

  /// Runs the program with some arguments and waits for it.
  ///
  /// - Parameter input: What it reads from standard input; at most 4,096 bytes, which fit into a pipe
  ///   at once.
  public func run(_ arguments: [String], input: [UInt8] = []) throws(Failure) -> Output {
    guard input.count <= 4096 else { throw Failure("the input of \(program) is too long") }
    let inputPipe = try pipe()
    defer { close(inputPipe.reading) }
    let unwritten = LocalFileSystem.writeAll(input, to: inputPipe.writing)
    close(inputPipe.writing)
    guard unwritten == 0 else { throw error(unwritten) }
    let outputPipe = try pipe()
    let errorPipe = try pipe()
    defer {
      close(outputPipe.reading)
      close(errorPipe.reading)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, inputPipe.reading, 0)
    posix_spawn_file_actions_adddup2(&actions, outputPipe.writing, 1)
    posix_spawn_file_actions_adddup2(&actions, errorPipe.writing, 2)

    var process: pid_t = 0
    let failure = withCStrings([program] + arguments) { argumentPointers in
      withCStrings(variables()) { variablePointers in
        posix_spawnp(&process, program, &actions, nil, argumentPointers, variablePointers)
      }
    }
    close(outputPipe.writing)
    close(errorPipe.writing)
    guard failure == 0 else { throw error(failure) }
    let written = readAll(outputPipe.reading, errorPipe.reading)
    if written == nil { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard let (output, errors) = written else {
      throw Failure("\(program) wrote more than \(maximumOutput >> 20) MiB and was stopped")
    }
    let signal = status & 0x7F
    return Output(
      status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: output, errors: errors)
  }

  private func variables() -> [String] {
    ProcessEnvironment.variables.merging(environment) { $1 }
      .sorted { $0.key < $1.key }.map { $0.key + "=" + $0.value }
  }

  private func error(_ number: Int32) -> Failure {
    Failure("cannot run \(program): \(String(cString: strerror(number)))")
  }

  private func pipe() throws(Failure) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    let failed =
      systemPipe(&ends) != 0 || ends.contains { fcntl($0, F_SETFD, FD_CLOEXEC) != 0 }
    guard !failed else { throw error(errno) }
    return (ends[0], ends[1])
  }

  /// Reads two pipes to their ends, whichever has something: a child that fills one of them while
  /// the other is being waited for would stand still for ever. `nil` once it is too much.
  private func readAll(_ first: Int32, _ second: Int32) -> ([UInt8], [UInt8])? {
    var contents: [[UInt8]] = [[], []]
    var descriptors = [first, second].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 65536)
    while descriptors.contains(where: { $0.fd >= 0 }) {
      guard poll(&descriptors, 2, -1) >= 0 || errno == EINTR else { break }
      for index in 0..<2 where descriptors[index].fd >= 0 && descriptors[index].revents != 0 {
        let count = read(descriptors[index].fd, &buffer, buffer.count)
        if count > 0 {
          contents[index] += buffer[..<count]
          if contents[0].count + contents[1].count > maximumOutput { return nil }
        } else if count == 0 || errno != EINTR {
          descriptors[index].fd = -1
        }
      }
    }
    return (contents[0], contents[1])
  }
}

/// The system's function, under a name that the method above does not hide.
private func systemPipe(_ ends: inout [Int32]) -> Int32 { pipe(&ends) }

/// Calls a function with a null-terminated array of C strings that lives as long as the call.
private func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let pointers = texts.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}
