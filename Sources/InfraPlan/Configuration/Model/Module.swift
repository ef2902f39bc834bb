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
    var provider: Traversal?
    var preconditions: [CheckRule] = []
    var postconditions: [CheckRule] = []
    var ignoreChanges: [Traversal] = []
    var ignoresAllChanges = false
    var replaceTriggeredBy: [Expression] = []
    var preventsDestroy: Expression?
    var createsBeforeDestroy: Expression?
    var provisioners: [Body.Block] = []
    /// What is wrong with provisioners; told in the validation of the resource.
    var provisionerProblems: [Problem] = []
    /// The check block that a data source belongs to.
    var check: String?
  }

  struct Call {
    var name: String
    var span: SourceSpan
    var tree: SyntaxTree
    var body: Body
    var source: String?
    var sourceSpan: SourceSpan?
    var version: String?
    var count: Expression?
    var forEach: Expression?
    var dependsOn: [Traversal] = []
    /// What is passed to the module's variables.
    var arguments: [Body.Attribute] = []
  }

  struct Check {
    var name: String
    var span: SourceSpan
    var assertions: [CheckRule] = []
  }

  /// The path of module calls that leads here; empty for the root module.
  let path: [String]
  let folder: String
  var variables: [String: Variable] = [:]
  var locals: [String: Local] = [:]
  var outputs: [String: Output] = [:]
  var resources: [ResourceAddress: Resource] = [:]
  var calls: [String: Call] = [:]
  var checks: [String: Check] = [:]
  var order: [ResourceAddress] = []
  var children: [String: Module] = [:]
  var providerConfigurations: [(name: String, alias: String?, tree: SyntaxTree, body: Body)] = []
  var requiredProviders: [String: String] = [:]
  /// Where the `backend` and `cloud` blocks are.
  var backend: SourceSpan?
  var cloud: SourceSpan?
  /// What is wrong with import blocks, once the rest is right.
  var importProblems: [Problem] = []
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

  var addressPrefix: String { path.map { "module." + $0 }.joined(separator: ".") }

  func address(_ inner: String) -> String { path.isEmpty ? inner : addressPrefix + "." + inner }
}
