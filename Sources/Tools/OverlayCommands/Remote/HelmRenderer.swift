internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// Renders charts with the `helm` that the user names.
struct HelmRenderer: ChartRenderer {
  /// The program: a path, or a name to look up in `PATH`.
  let command: String

  func pull(_ arguments: [String], configHome: String?) throws(ChartError) {
    try inTemporaryFolder { (folder) throws(ChartError) in
      _ = try run(arguments, configHome ?? FilePath.join(folder, "helm"))
    }
  }

  func template(
    values: [UInt8], configHome: String?, _ arguments: (_ valuesFile: String) -> [String]
  ) throws(ChartError) -> [UInt8] {
    try inTemporaryFolder { (folder) throws(ChartError) in
      let file = FilePath.join(folder, "values.yaml")
      do throws(FileError) {
        try LocalFileSystem().replace(file, with: values)
      } catch {
        throw ChartError(error.description)
      }
      return try run(arguments(file), configHome ?? FilePath.join(folder, "helm"))
    }
  }

  private func inTemporaryFolder<Result>(
    _ body: (String) throws(ChartError) -> Result
  ) throws(ChartError) -> Result {
    let fileSystem = LocalFileSystem()
    let parent = ProcessEnvironment.value(of: "TMPDIR") ?? "/tmp"
    let folder: String
    do throws(FileError) {
      folder = try fileSystem.createTemporaryFolder(beside: FilePath.join(parent, "deploykit-helm"))
    } catch {
      throw ChartError(error.description)
    }
    defer { try? fileSystem.remove(folder) }
    return try body(folder)
  }

  private func run(_ arguments: [String], _ home: String) throws(ChartError) -> [UInt8] {
    let helm = ChildProcess(
      command,
      environment: [
        "HELM_CONFIG_HOME": home, "HELM_CACHE_HOME": FilePath.join(home, ".cache"),
        "HELM_DATA_HOME": FilePath.join(home, ".data"),
      ])
    let result: ChildProcess.Output
    do throws(ChildProcess.Failure) {
      result = try helm.run(arguments)
    } catch {
      throw ChartError(error.description)
    }
    guard result.status == 0 else {
      let words = String(decoding: result.errors, as: UTF8.self)
        .split(whereSeparator: \.isNewline).last.map(String.init)
      throw ChartError(words ?? "\(command) ended with status \(result.status)")
    }
    return result.output
  }
}
