public import ArgumentParser

/// Runs commands as a whole process.
public enum Tool {
  /// Parses the process's arguments, runs the command and exits with its status.
  ///
  /// What a command accepts beyond the parser's spelling is known when the tool is compiled: asking at
  /// run time costs a tenth of a small tool's start.
  public static func main(_ command: (some ParsableCommand).Type) {
    StandardStreams.ignoreBrokenPipes()
    command.main(arguments)
  }

  /// The same for a command whose options may be spelled with one dash.
  public static func main(_ command: (some AcceptsSingleDash).Type) {
    StandardStreams.ignoreBrokenPipes()
    command.main(SingleDashSpelling.normalized(arguments, for: command))
  }

  /// The same for a command that needs no parsing where there are nothing but operands, which saves
  /// a third of the time a small run takes.
  public static func main(_ command: (some RunsOperands).Type) {
    StandardStreams.ignoreBrokenPipes()
    let operands = arguments
    guard !operands.isEmpty, operands.allSatisfy({ !$0.isEmpty && $0.utf8.first != 0x2D }) else {
      command.main(operands)
      return
    }
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
      if let tool = tool as? any AcceptsSingleDash.Type {
        main(tool)
      } else if let tool = tool as? any RunsOperands.Type {
        main(tool)
      } else {
        main(tool)
      }
      return
    }
    StandardStreams.ignoreBrokenPipes()
    Deploykit.subcommands = commands
    var arguments = arguments
    if let name = arguments.first,
      let tool = commands.first(where: { $0._commandName == name }) as? any AcceptsSingleDash.Type
    {
      arguments = [name] + SingleDashSpelling.normalized(Array(arguments.dropFirst()), for: tool)
    }
    Deploykit.main(arguments)
  }

  private static var arguments: [String] { Array(CommandLine.arguments.dropFirst()) }
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
