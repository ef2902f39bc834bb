public import ArgumentParser

/// The command types of this library's tools, in the order help lists them.
public enum InfraCommandSet {
  /// All of them.
  public static let all: [any ParsableCommand.Type] = [
    InfraEvalCommand.self, InfraFmtCommand.self, InfraParseCommand.self, InfraPlanCommand.self,
    InfraValidateCommand.self,
  ]
}
