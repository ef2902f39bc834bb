public import ArgumentParser

/// Runs commands as a whole process.
public enum Tool {
  /// Parses the process's arguments, runs the command and exits with its status.
  public static func main(_ command: (some ParsableCommand).Type) {
    StandardStreams.ignoreBrokenPipes()
    command.main(normalized(Array(CommandLine.arguments.dropFirst()), for: command))
  }

  /// The same for a command that needs no parsing where there are nothing but operands, which saves
  /// a third of the time a small run takes.
  public static func main<Command: RunsOperands>(_ command: Command.Type) {
    let operands = Array(CommandLine.arguments.dropFirst())
    guard !operands.isEmpty, operands.allSatisfy({ !$0.isEmpty && $0.utf8.first != 0x2D }) else {
      StandardStreams.ignoreBrokenPipes()
      command.main(operands)
      return
    }
    StandardStreams.ignoreBrokenPipes()
    do {
      try command.run(operands: operands)
    } catch {
      command.exit(withError: error)
    }
  }

  /// The multi-call program: `deploykit TOOL …`, or called through a link of the tool's name.
  public static func main(all commands: [any ParsableCommand.Type]) {
    let called = CommandLine.arguments.first?.split(separator: "/").last.map(String.init)
    if let tool = commands.first(where: { $0._commandName == called }) {
      main(tool)
      return
    }
    StandardStreams.ignoreBrokenPipes()
    Deploykit.subcommands = commands
    var arguments = Array(CommandLine.arguments.dropFirst())
    if let name = arguments.first, let tool = commands.first(where: { $0._commandName == name }) {
      arguments = [name] + normalized(Array(arguments.dropFirst()), for: tool)
    }
    Deploykit.main(arguments)
  }

  private static func normalized(
    _ arguments: [String], for command: any ParsableCommand.Type
  ) -> [String] {
    guard command is any AcceptsSingleDash.Type else { return arguments }
    return SingleDashSpelling.normalized(arguments, for: command)
  }
}

/// A command that can run on its operands alone, all options being as they are by default.
public protocol RunsOperands: ParsableCommand {
  /// Runs the command; operands are what does not start with a dash.
  static func run(operands: [String]) throws
}

private struct Deploykit: ParsableCommand {
  // Set once, before any parsing, by the only thread there is.
  nonisolated(unsafe) static var subcommands: [any ParsableCommand.Type] = []

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "deploykit",
      abstract: "The whole suite in one program: a subcommand per tool.",
      version: ToolVersion.current, subcommands: subcommands)
  }
}
