#if Registry
  internal import ImageTags
  internal import SourceText
  internal import ToolSupport

  /// Finds the credentials that `docker login` stored, asking credential helpers where the
  /// configuration names them.
  struct CredentialLookup: Sendable {
    private let configuration: DockerConfiguration

    init(path: String?) throws(DiagnosticError) {
      let environment = ProcessEnvironment.variables
      let folder = environment["DOCKER_CONFIG"] ?? environment["HOME"].map { $0 + "/.docker" }
      let standard = folder.map { $0 + "/config.json" }
      guard let file = path ?? standard else {
        configuration = DockerConfiguration()
        return
      }
      let fileSystem = LocalFileSystem()
      if path == nil, fileSystem.kind(of: file) == nil {
        configuration = DockerConfiguration()
        return
      }
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try fileSystem.read(file)
      } catch {
        throw DiagnosticError(error.diagnostic)
      }
      do throws(DockerConfiguration.MalformedError) {
        configuration = try DockerConfiguration(parsing: bytes)
      } catch {
        throw DiagnosticError(
          Diagnostic(
            "malformed-docker-config", .error, "byte \(error.offset): \(error.message)", path: file)
        )
      }
    }

    func credentials(forDomain domain: String) -> DockerConfiguration.Credentials? {
      switch configuration.source(forDomain: domain) {
      case .none: return nil
      case .stored(let credentials): return credentials
      case .helper(let name, let server):
        let helper = ChildProcess("docker-credential-" + name)
        guard let output = try? helper.run(["get"], input: Array(server.utf8)), output.status == 0
        else { return nil }
        return DockerConfiguration.credentials(fromHelper: output.output)
      }
    }
  }
#endif
