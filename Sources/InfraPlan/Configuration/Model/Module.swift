internal import SourceText

/// One module: everything its files declare, in the order of the files.
final class Module {
  struct Variable {
    var name: String
    var span: SourceSpan
    var constraint = TypeConstraint.any
    var defaultValue: Value?
    var isSensitive = false
    var isEphemeral = false
    var isNullable = true
    var description: String?
    var validations: [CheckRule] = []
  }

  struct Local {
    var name: String
    var expression: Expression
    var span: SourceSpan
  }

  struct Output {
    var name: String
    var span: SourceSpan
    var value: Expression?
    var isSensitive = false
    var isEphemeral = false
    var description: String?
    var dependsOn: [Traversal] = []
    var preconditions: [CheckRule] = []
  }

  /// A condition and what to say where it does not hold.
  struct CheckRule {
    var condition: Expression?
    var message: Expression?
    var span: SourceSpan
  }

  struct Resource {
    var address: ResourceAddress
    var span: SourceSpan
    var typeSpan: SourceSpan
    var tree: SyntaxTree
    var body: Body
    var count: Expression?
    var forEach: Expression?
    var dependsOn: [Traversal] = []
    var provider: ProviderReference?
    var preconditions: [CheckRule] = []
    var postconditions: [CheckRule] = []
    var ignoreChanges: [Traversal] = []
    var ignoresAllChanges = false
    var replaceTriggeredBy: [Expression] = []
    var preventsDestroy: Expression?
    var createsBeforeDestroy: Expression?
    var provisioners: [Body.Block] = []
    /// How the provisioners connect, where they do not say otherwise.
    var connection: Body?
    /// The check block that a data source belongs to.
    var check: String?

    /// Whether it belongs to the provider that is part of the language.
    var isOfBuiltInProvider: Bool {
      // Names of providers are not told apart by case.
      (provider?.name ?? String(address.type.prefix { $0 != "_" })).lowercased() == "terraform"
    }
  }

  struct Call {
    var name: String
    var span: SourceSpan
    var tree: SyntaxTree
    var body: Body
    var source: String?
    var sourceSpan: SourceSpan?
    var version: String?
    var hasVersion = false
    /// What kind of source it is; `nil` where it cannot be told.
    var location: ModuleSource?
    var count: Expression?
    var forEach: Expression?
    var dependsOn: [Traversal] = []
    /// Which provider configurations of the caller the module's own names stand for.
    var providers: [ProviderMapping] = []
    /// What is passed to the module's variables.
    var arguments: [Body.Attribute] = []
  }

  /// One entry of a call's `providers`.
  struct ProviderMapping {
    var child: ProviderReference
    var parent: ProviderReference
  }

  struct ProviderConfiguration {
    var name: String
    var alias: String?
    var span: SourceSpan
    var tree: SyntaxTree
    var body: Body
    /// Whether the block says nothing but whose configuration is expected.
    var isEmpty: Bool
  }

  struct ProviderRequirement {
    /// The source as it is written; empty where it is left to be implied.
    var source = ""
    var aliases: [ProviderReference] = []
  }

  struct Import {
    var span: SourceSpan
    var to: ImportTarget?
    /// The address without the keys that are expressions.
    var target: TargetAddress?
    var id: Expression?
    var forEach: Expression?
    var provider: ProviderReference?
    var providerSpan: SourceSpan?

    /// The address, where no key is an expression.
    var constantTarget: TargetAddress? { to?.isConstant == true ? target : nil }
  }

  struct Check {
    var name: String
    var span: SourceSpan
    var assertions: [CheckRule] = []
  }

  /// The path of module calls that leads here; empty for the root module.
  let path: [String]
  let folder: String
  /// The source as the call of the module gives it.
  var source: String?
  var variables: [String: Variable] = [:]
  var locals: [String: Local] = [:]
  var outputs: [String: Output] = [:]
  var resources: [ResourceAddress: Resource] = [:]
  var calls: [String: Call] = [:]
  var checks: [String: Check] = [:]
  var order: [ResourceAddress] = []
  var children: [String: Module] = [:]
  var providerConfigurations: [ProviderConfiguration] = []
  var requiredProviders: [String: ProviderRequirement] = [:]
  var requirementsSpan: SourceSpan?
  /// What `required_version` says, and where.
  var versionRequirements: [(text: String, span: SourceSpan)] = []
  var providerMetaSpans: [String: SourceSpan] = [:]
  /// Where the `backend` and `cloud` blocks are.
  var backend: SourceSpan?
  var cloud: SourceSpan?
  var imports: [Import] = []
  /// What this version cannot plan: named so that a plan can refuse it in place.
  var unplanned: [(what: String, span: SourceSpan)] = []

  init(path: [String], folder: String) {
    self.path = path
    self.folder = folder
  }

  /// The module for messages: `the root module`, `module.a.module.b`.
  var displayName: String {
    path.isEmpty ? "the root module" : addressPrefix
  }

  /// Whether there are resources here or below, or checks, which have an effect of their own.
  var declaresResources: Bool {
    !resources.isEmpty || !checks.isEmpty || children.values.contains(where: \.declaresResources)
      || calls.count > children.count
  }

  /// Whether a resource here or below needs a provider configuration of this module.
  func usesProvider(_ configuration: ProviderConfiguration) -> Bool {
    resources.values.contains { resource in
      let name = resource.provider?.name ?? String(resource.address.type.prefix { $0 != "_" })
      return name == configuration.name && resource.provider?.alias == configuration.alias
    } || children.values.contains { $0.usesProvider(configuration) }
  }

  /// The module that a path of calls leads to from here.
  func descendant(_ path: [String]) -> Module? {
    path.reduce(self as Module?) { $0?.children[$1] }
  }

  var addressPrefix: String { path.map { "module." + $0 }.joined(separator: ".") }

  func address(_ inner: String) -> String { path.isEmpty ? inner : addressPrefix + "." + inner }
}
