internal import ImageTags
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// What an image is built from, as a `skaffold.yaml` or flags say.
struct ArtifactSources {
  let image: String
  let context: String
  let builder: SkaffoldConfiguration.Builder
  var aliases: [String] = []

  init(image: String, context: String, builder: SkaffoldConfiguration.Builder) {
    self.image = image
    self.context = context
    self.builder = builder
  }

  /// An artifact of a file in some folder.
  init(_ artifact: SkaffoldConfiguration.Artifact, in folder: String) {
    image = artifact.image
    context = FilePath.join(folder, artifact.context)
    builder = artifact.builder
    aliases = artifact.requirements.map(\.alias)
  }

  /// The folder with the files that count.
  func buildContext() throws(DiagnosticError) -> BuildContext {
    let sources: BuildContext.Sources
    switch builder {
    case .docker(let file, let templates):
      sources = .dockerfile(file, arguments: try arguments(templates))
    case .files(let patterns, let ignored): sources = .paths(patterns, ignoring: ignored)
    case .other(let name):
      throw DiagnosticError(
        Diagnostic(
          "input-digest-not-supported", .error,
          "the tag policy inputDigest cannot be used for \(image): only \(name) knows what it reads",
          detail: "Name the files under 'dependencies' of a custom builder, or use another policy.")
      )
    }
    return BuildContext(context, sources: sources, fileSystem: LocalFileSystem())
  }

  /// The build arguments: what Skaffold always sets, then those of the file.
  private func arguments(_ templates: [String: String]) throws(DiagnosticError) -> [String: String]
  {
    var arguments = ["SKAFFOLD_RUN_MODE": "build"]
    // The base is not built when its tag is computed; this stands for it.
    for alias in aliases { arguments[alias] = "image:latest" }
    for (name, template) in templates {
      do throws(GoTemplate.Failure) {
        arguments[name] = try GoTemplate(template, name: name)
          .execute(ProcessEnvironment.variables)
      } catch {
        throw DiagnosticError(Diagnostic("bad-template", .error, error.description))
      }
    }
    return arguments
  }
}
