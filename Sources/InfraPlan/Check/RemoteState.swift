internal import SourceText

/// What the built-in provider refuses in the arguments of `terraform_remote_state`.
struct RemoteState {
  private(set) var problems: [Problem] = []
  private let given: [String: (value: Value, span: SourceSpan)]
  /// What is told where an argument is missing.
  private let body: SourceSpan
  private let address: String

  init(
    _ resource: Module.Resource, _ given: [String: (value: Value, span: SourceSpan)],
    address: String
  ) {
    self.given = given
    self.address = address
    body = resource.body.missingItemSpan
    let backend = value("backend")
    let configuration = value("config")
    if backend.isKnown, configuration.isWhollyKnown {
      if let name = backend.stringValue { checkBackend(name, configuration) }
    } else if !Self.isObject(configuration) {
      report(
        "Invalid backend configuration", "The configuration must be an object value.", "config")
    }
    if !Self.isObject(value("defaults")) {
      report("Invalid default values", "Defaults must be given in an object value.", "defaults")
    }
  }

  private func value(_ name: String) -> Value {
    given[name]?.value.unmarkedDeep.value ?? .null()
  }

  private static func isObject(_ value: Value) -> Bool {
    value.type == .dynamic || value.type.isObject || value.type.isMap
  }

  private mutating func report(_ summary: String, _ detail: String, _ argument: String?) {
    let span = argument.flatMap { given[$0]?.span } ?? body
    problems.append(Problem(.error, summary, detail, at: span, address: address))
  }

  private mutating func checkBackend(_ name: String, _ configuration: Value) {
    let summary = "Invalid backend configuration"
    guard BuiltInProvider.backends.contains(name) else {
      return report(
        summary, "There is no backend type named \(Quoting.goQuoted(name)).", "backend")
    }
    func refuse(_ reason: String, _ state: inout RemoteState) {
      state.report(
        summary,
        "The given configuration is not valid for backend \(Quoting.goQuoted(name)): \(reason).",
        "config")
    }
    guard Self.isObject(configuration) else { return refuse("an object is required", &self) }
    guard name == "local" else { return }
    let arguments = configuration.attributes ?? [:]
    let places = ["path": "state file", "workspace_dir": "workspace directory"]
    if let other = arguments.keys.sorted().first(where: { places[$0] == nil }) {
      return refuse("unexpected attribute \(Quoting.goQuoted(other))", &self)
    }
    for argument in places.keys.sorted() {
      guard let value = arguments[argument] else { continue }
      do throws(ConversionError) {
        guard try value.converted(to: .string).stringValue == "" else { continue }
        report(
          "Invalid local \(places[argument] ?? argument) path",
          "The \"\(argument)\" attribute value must not be empty.", nil)
      } catch {
        return refuse(".\(argument): \(error.message)", &self)
      }
    }
  }
}
