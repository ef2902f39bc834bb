internal import ManifestKit
internal import SourceText

/// What validating a stream gave.
enum ValidationOutcome {
  case badYAML
  case verdicts([ManifestValidator.Verdict], LineIndex)
}

/// Validates `in.yaml` for `in.kubernetesVersion`.
func validation(_ input: JSONValue) throws(Refusal) -> ValidationOutcome {
  let source = SourceFile(name: "input.yaml", text: try input.text("yaml"))
  guard let version = SchemaTable.KubernetesVersion(rawValue: try input.text("kubernetesVersion"))
  else { throw Refusal(message: "no such Kubernetes version") }
  guard let stream = try? YAMLStream(parsing: source) else { return .badYAML }
  let validator = ManifestValidator(
    schemas: [.kubernetes(version)], isStrict: input["strict"]?.boolValue ?? false)
  let verdicts = stream.documents.flatMap { validator.verdicts(of: $0) }
  return .verdicts(verdicts, LineIndex(source))
}

/// The first object's verdict as the corpus writes it.
func validationAnswer(_ outcome: ValidationOutcome) -> JSONValue {
  func status(_ name: String, _ reason: String? = nil) -> JSONValue {
    .object(
      [("status", .string(name))] + (reason.map { [("reason", JSONValue.string($0))] } ?? []))
  }
  guard case .verdicts(let verdicts, let lines) = outcome else { return status("error", "yaml") }
  switch verdicts.first {
  case nil: return status("empty")
  case .valid: return status("valid")
  case .unknownKind: return status("no-schema")
  case .notAnObject: return status("error", "missing kind or apiVersion")
  case .invalid(_, let violations, _):
    if violations.contains(where: { $0.keyword == .duplicateKey }) {
      return status("error", "yaml")
    }
    let errors = violations.sorted {
      ($0.path.description, $0.keyword.rawValue, $0.property ?? "")
        < ($1.path.description, $1.keyword.rawValue, $1.property ?? "")
    }
    return .object([
      ("status", .string("invalid")),
      (
        "errors",
        .array(
          errors.map { violation in
            .object(
              [
                ("path", .string(violation.path.description)),
                ("keyword", .string(violation.keyword.rawValue)),
                ("line", .integer(lines.lineNumber(of: violation.start))),
              ] + (violation.property.map { [("property", JSONValue.string($0))] } ?? []))
          })
      ),
    ])
  }
}
