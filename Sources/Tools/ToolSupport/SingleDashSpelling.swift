public import ArgumentParser

/// A command whose long options may be spelled with one dash, as Terraform's are: `-check`,
/// `-write=false`, `-chdir=modules`.
public protocol AcceptsSingleDash: ParsableCommand {}

/// Turns Terraform's spelling of options into the parser's.
enum SingleDashSpelling {
  /// `-name` becomes `--name`; `-name=true` and `-name=false` become `--name` and `--no-name` where
  /// the command has such a flag. Arguments behind `--` stay as they are.
  static func normalized(
    _ arguments: [String], for command: any ParsableCommand.Type
  ) -> [String] {
    var result: [String] = []
    var isLiteral = false
    for argument in arguments {
      guard !isLiteral, argument.hasPrefix("-"), argument.utf8.count > 2 else {
        isLiteral = isLiteral || argument == "--"
        result.append(argument)
        continue
      }
      let name = argument.drop { $0 == "-" }
      let option = "--" + name
      if let equals = name.firstIndex(of: "="),
        argument.hasSuffix("=true") || argument.hasSuffix("=false"),
        flags(of: command).contains(String(name[..<equals]))
      {
        switch name[name.index(after: equals)...] {
        case "true": result.append("--" + name[..<equals])
        case "false": result.append("--no-" + name[..<equals])
        default: result.append(option)
        }
      } else {
        result.append(option)
      }
    }
    return result
  }

  /// The flags of a command that `--no-` turns off, as its help says.
  static func flags(of command: any ParsableCommand.Type) -> Set<String> {
    var flags: Set<String> = []
    for line in command.helpMessage(columns: 400).split(separator: "\n") {
      guard let slash = line.firstRange(of: "/--no-") else { continue }
      flags.insert(String(line[slash.upperBound...].prefix { !$0.isWhitespace }))
    }
    return flags
  }
}
