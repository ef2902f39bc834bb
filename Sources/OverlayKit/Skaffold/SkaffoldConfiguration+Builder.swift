internal import ManifestKit

extension SkaffoldConfiguration.Builder {
  /// Reads the builder of an artifact; Docker where it names none. Kaniko, too, builds from a
  /// Dockerfile. What the others read is what their `dependencies` say.
  init(reading artifact: YAMLNode) {
    for entry in artifact.entries {
      let node = entry.value.resolved
      switch entry.key.text {
      case "docker", "kaniko":
        self.init(dockerfile: node["dockerfile"] ?? node["dockerfilePath"], node["buildArgs"])
        return
      case "buildpacks", "buildpack":
        self.init(dependencies: node["dependencies"], standard: ["."])
        return
      case "ko":
        let names = node["dependencies"].flatMap { $0["paths"] ?? $0["ignore"] }
        self.init(dependencies: names == nil ? nil : node["dependencies"], standard: ["**/*.go"])
        return
      case "custom":
        let dependencies = node["dependencies"]
        if let file = dependencies?["dockerfile"] {
          self.init(dockerfile: file["path"], file["buildArgs"])
        } else if dependencies?["command"] != nil {
          self = .other("a dependency command")
        } else {
          self.init(dependencies: dependencies, standard: ["."])
        }
        return
      case "jib", "jibMaven", "jibGradle", "bazel":
        self = .other(entry.key.text)
        return
      default: continue
      }
    }
    self = .docker(file: "Dockerfile", arguments: [:])
  }

  private init(dockerfile: YAMLNode?, _ arguments: YAMLNode?) {
    let arguments = arguments?.entries.map { ($0.key.text, $0.value.resolved.text) } ?? []
    self = .docker(
      file: dockerfile?.text ?? "Dockerfile", arguments: Dictionary(arguments) { $1 })
  }

  private init(dependencies: YAMLNode?, standard: [String]) {
    guard let dependencies else {
      self = .files(standard, ignoring: [])
      return
    }
    func texts(_ key: String) -> [String] {
      dependencies[key]?.elements.map(\.resolved.text) ?? []
    }
    self = .files(texts("paths"), ignoring: texts("ignore"))
  }
}
