internal import SourceText

/// The version of the language that configurations are read as.
enum LanguageVersion {
  static let text = "1.11.4"
  private static let numbers = [1, 11, 4]

  /// What modules require that is not this version.
  static func problems(in module: Module) -> [Problem] {
    var problems = module.versionRequirements.filter {
      VersionConstraint($0.text)?.allows(numbers) == false
    }.map { requirement in
      let who =
        module.path.isEmpty
        ? "This configuration"
        : "Module \(module.addressPrefix) (from \(module.source ?? module.folder))"
      return Problem(
        .error, "Unsupported Terraform Core version",
        "\(who) does not support Terraform version \(text). To proceed, either choose another supported Terraform version or update this version constraint. Version constraints are normally set for good reason, so updating the constraint may lead to other errors or unexpected behavior.",
        at: requirement.span)
    }
    for name in module.children.keys.sorted() {
      if let child = module.children[name] { problems += self.problems(in: child) }
    }
    return problems
  }
}
