public import SourceText

/// The functions that expressions can call, and what they may touch.
///
/// File functions read in ``baseFolder`` and the folders that are named as readable; whatever lies
/// outside, links followed, is an error and for `fileexists` not there.
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
  /// Why that argument has no value.
  var templateFailure: String?
  /// Where the call stands.
  var scope: Scope?

  /// Creates the table of all of the language's functions.
  ///
  /// - Parameters:
  ///   - baseFolder: Where relative paths start.
  ///   - readableFolders: Folders that may be read beside it, such as those of called modules.
  ///   - files: Where files are read from.
  public init(
    baseFolder: String = ".", readableFolders: [String] = [],
    files: any FileSystem = LocalFileSystem()
  ) {
    self.baseFolder = baseFolder
    self.files = ConfinedFileSystem(files, to: [baseFolder] + readableFolders)
    functions = Self.builtIn
  }

  /// The names that can be called, sorted; each also exists as `core::name`.
  public var names: [String] { functions.keys.sorted() }

  static let builtInNamespace = "provider::terraform::"

  /// Whether the module requires the provider that comes with the language.
  var hasBuiltInProvider: Bool { providerNames.contains("terraform") }

  func function(_ name: String) -> Function? {
    if name.hasPrefix("core::") { return functions[String(name.dropFirst(6))] }
    if hasBuiltInProvider, name.hasPrefix(Self.builtInNamespace) {
      return Self.providerFunctions[String(name.dropFirst(Self.builtInNamespace.count))]
    }
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
