internal import ArgumentParser
internal import ManifestKit

/// `--kind`, `--name` and `--namespace`: which objects a command works on.
struct ObjectOptions: ParsableArguments {
  @Option(help: "Only objects of this kind.")
  var kind: String?

  @Option(help: "Only the object with this name.")
  var name: String?

  @Option(help: "Only objects in this namespace.")
  var namespace: String?

  var filter: ResourceFilter { ResourceFilter(kind: kind, name: name, namespace: namespace) }
}
