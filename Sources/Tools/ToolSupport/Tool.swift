public import ArgumentParser

/// Runs commands as a whole process.
public enum Tool {
  /// Parses the process's arguments, runs the command and exits with its status.
  public static func main(_ command: (some ParsableCommand).Type) {
    StandardStreams.ignoreBrokenPipes()
    command.main()
  }

  /// The multi-call program: `deploykit TOOL …`, or called through a link of a tool's name.
  public static func main(all commands: [any ParsableCommand.Type]) {
    let called = CommandLine.arguments.first?.split(separator: "/").last.map(String.init)
    if let tool = commands.first(where: { $0._commandName == called }) {
      main(tool)
    } else {
      Deploykit.subcommands = commands
      main(Deploykit.self)
    }
  }
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
