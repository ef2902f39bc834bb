internal import SourceText

extension Configuration {
  /// What `terraform init` says of a configuration that cannot be loaded, in its words and order;
  /// empty if the configuration can be loaded.
  ///
  /// It comes before any plan, and reads the configuration more than once. First the root module, to
  /// find the backend: if that is no text of the language, there it ends. A root module that calls
  /// others goes on to their installation, where what is wrong in any of them is told. Otherwise the
  /// configuration is read again as a whole, and what is wrong is told a second time. Only where it
  /// has not come to installing modules does it say in the end what the whole was about.
  public var initializationProblems: [Problem] {
    guard problems.hasErrors else { return [] }
    let told = problems.naming(files)
    if hasBrokenSyntax { return told + [Self.initializationFailure] }
    if !root.calls.isEmpty { return told }
    return told + told + [Self.initializationFailure]
  }

  private static let initializationFailure = Problem(
    .error,
    "Terraform encountered problems during initialisation, including problems\nwith the configuration, described below.\n\nThe Terraform configuration must be valid before initialization so that\nTerraform can determine which modules and providers need to be installed."
  )
}
