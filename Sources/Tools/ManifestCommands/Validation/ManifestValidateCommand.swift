public import ArgumentParser
internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// `manifest-validate`: objects against their schemas (``ManifestKit/ManifestValidator``).
public struct ManifestValidateCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "manifest-validate",
    abstract: "Check Kubernetes manifests against their schemas, offline.",
    discussion: """
      Reads files, folders (every .yaml, .yml and .json below) or standard input, of any \
      length. Unknown fields and repeated keys are errors unless --no-strict is given. CustomResourceDefinitions among the \
      inputs are used for the objects they define; kustomizations are passed over.

      Example: overlay-build overlays/prod | manifest-validate --summary
      """,
    version: ToolVersion.current)

  @Argument(help: "Files and folders; - or nothing is standard input.")
  var paths: [String] = []

  @Option(help: "The Kubernetes version: 1.31, 1.34, 1.36 or 1.37.")
  var kubernetesVersion = SchemaTable.KubernetesVersion.latest.rawValue

  @Option(help: "A file or folder of CustomResourceDefinitions; may be repeated.")
  var crd: [String] = []

  @Option(help: "A cluster's OpenAPI document (kubectl get --raw /openapi/v2), asked first.")
  var schema: String?

  @Flag(inversion: .prefixedNo, help: "Whether unknown fields and repeated keys are errors.")
  var strict = true

  @Flag(help: "Pass over objects whose kind has no schema.")
  var ignoreMissingSchemas = false

  @Option(help: "Pass over objects of this kind; may be repeated.")
  var skip: [String] = []

  @Flag(help: "Look for mistakes that no schema shows, such as selectors that choose nothing.")
  var lint = false

  @Flag(help: "Note patterns and CEL rules of custom resources that are not evaluated.")
  var noteUnevaluated = false

  @Option(help: "Explain a lint rule and exit; 'all' lists them.")
  var explain: String?

  @Flag(help: "Print how many objects were checked.")
  var summary = false

  @Flag(help: "Print a JSON document with the verdict on every object.")
  var json = false

  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Refuses versions that have no table.
  public func validate() throws {
    guard SchemaTable.KubernetesVersion(rawValue: kubernetesVersion) != nil else {
      let known = SchemaTable.KubernetesVersion.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "there is no table for Kubernetes \(kubernetesVersion); there are \(known)")
    }
  }

  /// Validates everything and reports in one pass.
  public func run() throws {
    if let explain { return try printExplanation(of: explain) }
    var input = ManifestInput()
    let run = ValidationRun(
      given: givenSchemas(&input), version: version, isStrict: strict,
      notesUnevaluated: noteUnevaluated, keepsAll: json, keepsStreams: lint,
      isPassedOver: isPassedOver)
    let outcomes = run.validate(paths, &input)
    let cannotRead = input.diagnostics.hasErrors
    var counts = Counts()
    var verdicts: [JSONValue] = []
    for outcome in outcomes {
      counts.add(valid: outcome.validCount)
      for verdict in outcome.verdicts {
        counts.add(verdict)
        input.diagnostics += verdict.diagnostics
        if json { verdicts.append(Self.json(verdict, file: outcome.source)) }
      }
    }
    let findings =
      lint ? LintRule.findings(in: ResourceSet(input.streams), kubernetes: version) : []
    input.diagnostics += findings
    reporting.report(input.diagnostics, files: input.files, tool: "manifest-validate")
    if json {
      StandardStreams.writeOutput(JSONValue.object([("objects", .array(verdicts))]).text() + "\n")
    }
    if summary {
      // Behind a JSON document it would be in the way.
      let isAlone = !json && reporting.format == .human
      isAlone ? StandardStreams.writeOutput(counts.line) : StandardStreams.writeError(counts.line)
    }
    if cannotRead { throw ExitStatus.failure.code }
    if counts.total != counts.valid || findings.hasErrors { throw ExitStatus.negative.code }
  }

  private static func json(_ verdict: ManifestValidator.Verdict, file: String) -> JSONValue {
    let (status, id): (String, ResourceID?) =
      switch verdict {
      case .valid(let id, _): ("valid", id)
      case .invalid(let id, _, _): ("invalid", id)
      case .unknownKind(let id, _): ("no-schema", id)
      case .notAnObject: ("error", nil)
      }
    var members: [(String, JSONValue)] = [("file", .string(file)), ("status", .string(status))]
    if let id {
      members += [
        ("apiVersion", .string(id.kind.apiVersion)), ("kind", .string(id.kind.kind)),
        ("namespace", .string(id.namespace)), ("name", .string(id.name)),
      ]
    }
    let messages = verdict.diagnostics.map { JSONValue.string($0.summary) }
    return .object(members + [("messages", .array(messages))])
  }

  private func printExplanation(of id: String) throws {
    let rules = LintRule.all.filter { id == "all" || $0.id.description == id }
    guard !rules.isEmpty else {
      let names = LintRule.all.map(\.id.description)
      let near = Spelling.nearest(to: id, among: names).map { ", did you mean '\($0)'?" } ?? ""
      throw ValidationError("there is no rule '\(id)'\(near); --explain all lists them")
    }
    for rule in rules {
      StandardStreams.writeOutput(
        id == "all"
          ? "\(rule.id): \(rule.summary)\n" : "\(rule.id): \(rule.summary)\n\n\(rule.explanation)\n"
      )
    }
  }

  private func isSkipped(_ id: ResourceID) -> Bool {
    !skip.isEmpty && skip.contains { $0.lowercased() == id.kind.kind.lowercased() }
  }

  private func isPassedOver(_ verdict: ManifestValidator.Verdict, in source: String) -> Bool {
    switch verdict {
    case .valid(let id, _), .invalid(let id, _, _): isSkipped(id)
    case .unknownKind(let id, _):
      // A kustomization among the files of a folder is an input of a build, not an object.
      ignoreMissingSchemas || isSkipped(id)
        || id.kind.group == "kustomize.config.k8s.io"
    case .notAnObject:
      // A kustomization need not say what it is.
      ["kustomization.yaml", "kustomization.yml"].contains(
        FilePath.name(of: source))
    }
  }

  private var version: SchemaTable.KubernetesVersion {
    SchemaTable.KubernetesVersion(rawValue: kubernetesVersion) ?? .latest
  }

  /// The tables that were given: the cluster's, and that of the definitions.
  private func givenSchemas(_ input: inout ManifestInput) -> [SchemaTable] {
    var tables: [SchemaTable] = []
    if let schema {
      do {
        let document = try JSONValue(parsing: LocalFileSystem().read(schema))
        let table = SchemaTable(openAPI: document, version: schema)
        guard !table.isEmpty else { throw NoKinds() }
        tables.append(table)
      } catch let error as FileError {
        input.diagnostics.append(error.diagnostic)
      } catch is NoKinds {
        input.diagnostics.append(
          Diagnostic(
            "bad-schema", .error, "it defines no kind of object",
            detail: "Give what 'kubectl get --raw /openapi/v2' prints.", path: schema))
      } catch {
        input.diagnostics.append(
          Diagnostic("bad-schema", .error, "is not an OpenAPI document in JSON", path: schema))
      }
    }
    // Read with the input's files, so that what is wrong with a definition has its place.
    if !crd.isEmpty { input.read(crd) }
    if !input.streams.isEmpty {
      tables.append(SchemaTable(customResources: input.streams.flatMap(\.documents)))
    }
    input.streams = []
    return tables
  }

  private struct NoKinds: Error {}

  private struct Counts {
    var total = 0
    var valid = 0
    var invalid = 0
    var unknown = 0

    mutating func add(valid count: Int) {
      total += count
      valid += count
    }

    mutating func add(_ verdict: ManifestValidator.Verdict) {
      total += 1
      switch verdict {
      case .valid: valid += 1
      case .invalid, .notAnObject: invalid += 1
      case .unknownKind: unknown += 1
      }
    }

    var line: String {
      "\(total) objects: \(valid) valid, \(invalid) invalid, \(unknown) without a schema\n"
    }
  }
}
