#if Registry
  internal import ArgumentParser
  internal import ImageRegistry
  internal import ImageTags
  internal import SourceText
  internal import ToolSupport

  /// The answer is no, and this is why.
  struct NegativeAnswer: Error {
    let diagnostic: Diagnostic
  }

  /// The options that every command with a registry has.
  struct RegistryOptions: ParsableArguments {
    @Option(help: "A host to be asked without TLS; loopback addresses always are.")
    var plainHTTP: [String] = []

    @Option(help: "How many seconds one answer may take.")
    var timeout = 20

    @Option(
      help:
        "The file with credentials. (default: $DOCKER_CONFIG/config.json, ~/.docker/config.json)")
    var dockerConfig: String?

    @OptionGroup var reporting: ReportingOptions

    init() {}

    /// Runs something with a client; failures are reported and end the command.
    func run(
      tool: String, _ body: @escaping @Sendable (RegistryClient) async throws -> Void
    ) throws {
      var options = RegistryClient.Options()
      options.plainHTTP = Set(plainHTTP)
      options.timeout = max(1, timeout)
      let credentials: CredentialLookup
      do throws(DiagnosticError) {
        credentials = try CredentialLookup(path: dockerConfig)
      } catch {
        reporting.report(error.diagnostics, files: SourceFiles(), tool: tool)
        throw ExitStatus.failure.code
      }
      let client = RegistryClient(options: options) { credentials.credentials(forDomain: $0) }
      do {
        try BlockingTask.run {
          do {
            try await body(client)
          } catch {
            await client.close()
            throw error
          }
          await client.close()
        }
      } catch let answer as NegativeAnswer {
        reporting.report([answer.diagnostic], files: SourceFiles(), tool: tool)
        throw ExitStatus.negative.code
      } catch {
        let diagnostic = Diagnostic("registry-failure", .error, "\(error)")
        reporting.report([diagnostic], files: SourceFiles(), tool: tool)
        throw ExitStatus.failure.code
      }
    }

    /// The image that an argument names.
    func image(_ text: String, tool: String) throws -> ImageReference {
      do throws(ImageReference.ParseError) {
        return try ImageReference(text)
      } catch {
        let diagnostic = Diagnostic("bad-reference", .error, "'\(text)': \(error.description)")
        reporting.report([diagnostic], files: SourceFiles(), tool: tool)
        throw ExitStatus.failure.code
      }
    }
  }
#endif
