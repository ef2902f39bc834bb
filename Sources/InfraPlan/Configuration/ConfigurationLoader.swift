public import SourceText

/// A configuration: the root module, the modules it calls, and the files they came from.
public struct Configuration {
  let root: Module
  /// Every file that was read; spans of problems point into them.
  public let files: SourceFiles
  /// What is wrong with the files themselves.
  public let problems: [Problem]
}

extension Configuration {
  /// Reads the configuration in a folder, without any preparation of the folder.
  ///
  /// Modules are found by their relative paths, or through `.terraform/modules/modules.json` where a
  /// tool has put them on disk. Nothing is downloaded.
  public static func load(
    folder: String = ".", files fileSystem: any FileSystem = LocalFileSystem()
  ) -> Configuration {
    var loader = ConfigurationLoader(fileSystem: fileSystem, base: folder)
    let root = loader.loadModule(path: [], folder: folder, calledAt: nil)
    return Configuration(root: root, files: loader.files, problems: loader.problems)
  }
}

/// Reads modules and the modules they call.
struct ConfigurationLoader {
  let fileSystem: any FileSystem
  let base: String
  var files = SourceFiles()
  var problems: [Problem] = []
  private var manifest: [String: String]?

  /// How deep modules may call modules.
  private static let maximumDepth = 64

  init(fileSystem: any FileSystem, base: String) {
    self.fileSystem = fileSystem
    self.base = base
  }

  mutating func loadModule(path: [String], folder: String, calledAt span: SourceSpan?) -> Module {
    let module = Module(path: path, folder: folder)
    var decoder = ModuleDecoder(module: module)
    let (primary, overrides) = configurationFiles(in: folder)
    for name in primary {
      if let tree = parse(name, in: folder) { decoder.decode(tree) }
    }
    decoder.isOverride = true
    for name in overrides {
      if let tree = parse(name, in: folder) { decoder.decode(tree) }
    }
    problems += decoder.problems
    module.importProblems = decoder.importProblems
    for name in module.calls.keys.sorted() {
      guard let call = module.calls[name] else { continue }
      if let child = loadCalled(call, from: module) {
        module.children[name] = child
        checkLegacy(child, call)
      }
    }
    return module
  }

  /// A module with its own provider configurations cannot be multiplied.
  private mutating func checkLegacy(_ child: Module, _ call: Module.Call) {
    let isLegacy = child.providerConfigurations.contains {
      $0.alias == nil && !($0.body.attributes.isEmpty && $0.body.blocks.isEmpty)
    }
    guard isLegacy, let expression = call.count ?? call.forEach else { return }
    problems.append(
      Problem(
        .error, "Module is incompatible with count, for_each, and depends_on",
        "The module at \(child.addressPrefix) is a legacy module which contains its own local provider configurations, and so calls to it may not use the count, for_each, or depends_on arguments.\n\nIf you also control the module \(Quoting.goQuoted(call.source ?? "")), consider updating this module to instead expect provider configurations to be passed by its caller.",
        at: expression.span))
  }

  /// The names of a module's files: first the ordinary ones, then those that override.
  private func configurationFiles(in folder: String) -> (primary: [String], overrides: [String]) {
    var primary: [String] = []
    var overrides: [String] = []
    for name in (try? fileSystem.list(folder)) ?? [] {
      let isBackup = name.hasSuffix("~") || name.hasPrefix("#") && name.hasSuffix("#")
      guard !name.hasPrefix("."), !isBackup,
        fileSystem.kind(of: FilePath.join(folder, name)) == .file
      else { continue }
      let stem: String
      if name.hasSuffix(".tf") {
        stem = String(name.dropLast(3))
      } else if name.hasSuffix(".tf.json") {
        stem = String(name.dropLast(8))
      } else {
        continue
      }
      if stem == "override" || stem.hasSuffix("_override") {
        overrides.append(name)
      } else {
        primary.append(name)
      }
    }
    return (primary, overrides)
  }

  private mutating func parse(_ name: String, in folder: String) -> SyntaxTree? {
    let path = FilePath.join(folder, name)
    do throws(FileError) {
      let bytes = try fileSystem.read(path)
      let file = SourceFile(name: displayName(path), bytes: bytes)
      let id = files.add(file)
      let (tree, found) =
        name.hasSuffix(".json") ? JSONSyntax.parse(file, id: id) : SyntaxTree.parse(file, id: id)
      problems += found
      return tree
    } catch {
      problems.append(
        Problem(
          .error, "Failed to read file",
          "The configuration file \(Quoting.goQuoted(path)) could not be read."))
      return nil
    }
  }

  /// Files are named relative to the root module.
  private func displayName(_ path: String) -> String {
    guard base != ".", !base.isEmpty else { return path }
    let prefix = FilePath.clean(base) + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  private mutating func loadCalled(_ call: Module.Call, from module: Module) -> Module? {
    guard let source = call.source else {
      // The source is there but says nothing; where it is missing that has been told already.
      if call.sourceSpan != nil, !module.path.isEmpty { problems.append(Self.notInstalled(call)) }
      return nil
    }
    let path = module.path + [call.name]
    let isLocal = source.hasPrefix("./") || source.hasPrefix("../")
    if let problem = sourceProblem(call, source, isLocal: isLocal) {
      problems.append(problem)
      return nil
    }
    let folder: String
    if isLocal {
      folder = FilePath.join(module.folder, source)
    } else if let installed = installedFolder(path) {
      folder = FilePath.join(base, installed)
    } else {
      problems.append(Self.notInstalled(call))
      return nil
    }
    guard fileSystem.kind(of: folder) == .folder, path.count <= Self.maximumDepth else {
      problems.append(
        Problem(
          .error, "Module not installed",
          "This module's local cache directory  could not be read. Run \"terraform init\" to install all modules required by this configuration.",
          at: call.span))
      return nil
    }
    return loadModule(path: path, folder: folder, calledAt: call.span)
  }

  private static func notInstalled(_ call: Module.Call) -> Problem {
    Problem(
      .error, "Module not installed",
      "This module is not yet installed. Run \"terraform init\" to install all modules required by this configuration.",
      at: call.span)
  }

  /// What is wrong with a source address, whatever is on disk.
  private func sourceProblem(_ call: Module.Call, _ source: String, isLocal: Bool) -> Problem? {
    guard let span = call.sourceSpan else { return nil }
    if call.version != nil, isLocal {
      return Problem(
        .error, "Invalid registry module source address",
        "Failed to parse module registry address: can't use local directory \(Quoting.goQuoted(source)) as a module registry address.\n\nTerraform assumed that you intended a module registry source address because you also set the argument \"version\", which applies only to registry modules.",
        at: span)
    }
    let isPlainWord =
      !source.isEmpty && source.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    if isPlainWord {
      return Problem(
        .error, "Invalid module source address",
        "Terraform failed to determine your intended installation method for remote module package \(Quoting.goQuoted(source)).\n\nIf you intended this as a path relative to the current module, use \"./\(source)\" instead. The \"./\" prefix indicates that the address is a relative filesystem path.",
        at: span)
    }
    return nil
  }

  /// Where an earlier run of an installer put a module.
  private mutating func installedFolder(_ path: [String]) -> String? {
    if manifest == nil {
      var found: [String: String] = [:]
      let name = FilePath.join(base, ".terraform/modules/modules.json")
      if let bytes = try? fileSystem.read(name), let json = try? JSONValue(parsing: bytes) {
        for entry in json["Modules"]?.elements ?? [] {
          if let key = entry["Key"]?.stringValue, let folder = entry["Dir"]?.stringValue {
            found[key] = folder
          }
        }
      }
      manifest = found
    }
    return manifest?[path.joined(separator: ".")]
  }
}
