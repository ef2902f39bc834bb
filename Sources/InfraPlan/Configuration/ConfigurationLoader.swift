public import SourceText

/// A configuration: the root module, the modules it calls, and the files they came from.
public struct Configuration {
  let root: Module
  /// Every file that was read; spans of problems point into them.
  public let files: SourceFiles
  /// What is wrong with the files themselves.
  public let problems: [Problem]
  /// Whether files of the root module are no text of the language at all.
  let hasBrokenSyntax: Bool
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
    let root = loader.loadModule(path: [], folder: folder)
    if !loader.problems.hasErrors {
      var passing = ProviderPassing()
      passing.visit(root)
      loader.problems += passing.problems
    }
    return Configuration(
      root: root, files: loader.files, problems: loader.problems,
      hasBrokenSyntax: loader.hasBrokenSyntax)
  }
}

/// Reads modules and the modules they call.
struct ConfigurationLoader {
  let fileSystem: any FileSystem
  let base: String
  var files = SourceFiles()
  var problems: [Problem] = []
  private(set) var hasBrokenSyntax = false
  private var manifest: [String: String]?

  /// How deep modules may call modules.
  private static let maximumDepth = 64

  init(fileSystem: any FileSystem, base: String) {
    self.fileSystem = fileSystem
    self.base = base
  }

  mutating func loadModule(path: [String], folder: String) -> Module {
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
    decoder.checkImportProviders()
    if path.isEmpty { hasBrokenSyntax = problems.hasErrors }
    problems += decoder.problems
    // Where the root module is wrong nobody knows what it calls.
    if path.isEmpty, problems.hasErrors { return module }
    for name in module.calls.keys.sorted() {
      guard let call = module.calls[name] else { continue }
      if let child = loadCalled(call, from: module) {
        module.children[name] = child
      }
    }
    return module
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
    guard call.source != nil else {
      // The source is there but says nothing; where it is missing that has been told already.
      if call.sourceSpan != nil, !module.path.isEmpty { problems.append(Self.notInstalled(call)) }
      return nil
    }
    guard let location = call.location else { return nil }
    let path = module.path + [call.name]
    let folder: String
    if case .local(let relative) = location {
      folder = FilePath.join(module.folder, relative)
      // An installer would never be done with a module that calls itself.
      if folder == module.folder || folder == base {
        problems.append(Self.notInstalled(call))
        return nil
      }
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
    let child = loadModule(path: path, folder: folder)
    child.source = call.source
    return child
  }

  private static func notInstalled(_ call: Module.Call) -> Problem {
    Problem(
      .error, "Module not installed",
      "This module is not yet installed. Run \"terraform init\" to install all modules required by this configuration.",
      at: call.span)
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
