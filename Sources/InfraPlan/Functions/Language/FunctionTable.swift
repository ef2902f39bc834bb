public import SourceText

/// The functions that expressions can call, and what they may touch.
///
/// File functions read below ``baseFolder`` of the given file system; nothing else is reachable.
public struct FunctionTable {
  let functions: [String: Function]
  /// Where relative paths of file functions start.
  public var baseFolder: String
  let files: any FileSystem
  /// What `timestamp()` and `plantimestamp()` return, or `nil` while it is not decided.
  public var timestamp: String?
  /// What `bcrypt`, `uuid` and other functions with a new answer every time are: decided or not.
  var isPure = true
  /// How deep templates are rendering templates.
  var templateDepth = 0
  /// Inside a template: rendering another template from there is refused.
  var functionsBlockedInTemplates = false
  /// The local names of providers that a module requires.
  var providerNames: Set<String> = []
  /// The first argument of the call being made, for functions that look at its expression.
  var templateArgument: Expression?
  /// Where the call stands.
  var scope: Scope?

  /// Creates the table of all of the language's functions.
  public init(baseFolder: String = ".", files: any FileSystem = LocalFileSystem()) {
    self.baseFolder = baseFolder
    self.files = files
    functions = Self.builtIn
  }

  /// The names that can be called, sorted; each also exists as `core::name`.
  public var names: [String] { functions.keys.sorted() }

  func function(_ name: String) -> Function? {
    if name.hasPrefix("core::") { return functions[String(name.dropFirst(6))] }
    return functions[name]
  }

  private static let builtIn: [String: Function] = {
    let groups: [[String: Function]] = [
      collectionFunctions, sequenceFunctions, lookupFunctions, setFunctions, structureFunctions,
      textFunctions, searchFunctions, formatFunctions, numericFunctions, encodingFunctions,
      documentFunctions, networkFunctions, timeFunctions, fileFunctions, hashFunctions,
      typingFunctions,
    ]
    return groups.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
  }()
}
