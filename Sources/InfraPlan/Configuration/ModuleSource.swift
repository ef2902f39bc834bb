/// What the `source` of a module call says: a folder, a registry address, or something to fetch.
enum ModuleSource: Equatable {
  /// A path relative to the calling module.
  case local(String)
  case registry
  case remote

  struct Failure: Error {
    var summary: String
    var detail: String
  }

  /// Hosts whose addresses are repositories, never registries.
  private static let repositoryHosts: Set<String> = ["github.com", "bitbucket.org", "gitlab.com"]

  /// Reads a source; with a version only a registry address will do.
  init(_ text: String, hasVersion: Bool) throws(Failure) {
    let isLocal = ["./", "../", ".\\", "..\\"].contains(where: text.hasPrefix)
    if hasVersion {
      let problem =
        isLocal
        ? "can't use local directory \(Quoting.goQuoted(text)) as a module registry address"
        : Self.registryProblem(text)
      if let problem {
        throw Failure(
          summary: "Invalid registry module source address",
          detail:
            "Failed to parse module registry address: \(problem).\n\nTerraform assumed that you intended a module registry source address because you also set the argument \"version\", which applies only to registry modules."
        )
      }
      self = .registry
      return
    }
    if isLocal {
      self = .local(text.replacing("\\", with: "/"))
      return
    }
    if let (_, folder) = Self.subfolder(of: text), folder.hasPrefix("..") {
      throw Self.unreadable(
        "subdirectory path \(Quoting.goQuoted(folder)) leads outside of the module package")
    }
    if Self.registryProblem(text) == nil {
      self = .registry
      return
    }
    try Self.checkRemote(text)
    self = .remote
  }

  private static func unreadable(_ problem: String) -> Failure {
    Failure(
      summary: "Invalid module source address",
      detail: "Failed to parse module source address: \(problem).")
  }

  /// The package and the folder in it, where a double slash divides them.
  private static func subfolder(of text: String) -> (package: String, folder: String)? {
    let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
    guard let slashes = text[start...].firstRange(of: "//") else { return nil }
    let folder = text[slashes.upperBound...].prefix { $0 != "?" }
    return (String(text[..<slashes.lowerBound]), String(folder))
  }

  /// Why a text is not the address of a module in a registry.
  private static func registryProblem(_ text: String) -> String? {
    var address = text
    if let (package, folder) = subfolder(of: text) {
      if folder.hasPrefix("..") {
        return
          "subdirectory path \(Quoting.goQuoted(folder)) leads outside of the module package"
      }
      address = package
    }
    var parts = address.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 || parts.count == 4 else {
      return
        "a module registry source address must have either three or four slash-separated components"
    }
    if parts.count == 3, parts[0].contains(".") {
      return
        "source address must have three more components after the hostname: the namespace, the name, and the target system"
    }
    if parts.count == 4 {
      let host = parts.removeFirst()
      let name = String(host.prefix { $0 != ":" })
      if repositoryHosts.contains(name) {
        return
          "can't use \(Quoting.goQuoted(name)) as a module registry host, because it's reserved for installing directly from version control repositories"
      }
      if !name.contains("."), name != "localhost" {
        return "invalid module registry hostname: must contain at least one dot"
      }
      let isHost = name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") && !$0.hasPrefix("xn--")
          && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
      }
      if !isHost {
        return
          "invalid module registry hostname \(Quoting.goQuoted(host)); internationalized domain names must be given as direct unicode characters, not in punycode"
      }
    }
    for (index, noun) in [(0, "namespace"), (1, "module name")] where !isName(parts[index]) {
      return
        "invalid \(noun) \(Quoting.goQuoted(parts[index])): must be between one and 64 characters, including ASCII letters, digits, dashes, and underscores, where dashes and underscores may not be the prefix or suffix"
    }
    let system = parts[2].utf8
    guard (1...64).contains(system.count),
      system.allSatisfy({ Byte.isDigit($0) || (0x61...0x7A).contains($0) })
    else {
      return
        "invalid target system \(Quoting.goQuoted(parts[2])): must be between one and 64 ASCII letters or digits"
    }
    return nil
  }

  private static func isName(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func isEnd(_ byte: UInt8?) -> Bool {
      byte.map { Byte.isDigit($0) || Byte.isLetter($0) } ?? false
    }
    return bytes.count <= 64 && isEnd(bytes.first) && isEnd(bytes.last)
      && bytes.allSatisfy { isEnd($0) || $0 == Byte.minus || $0 == Byte.underscore }
  }

  /// Whether some way of fetching is recognisable.
  private static func checkRemote(_ text: String) throws(Failure) {
    if text.isEmpty { throw unreadable("invalid source address: ") }
    var package = subfolder(of: text)?.package ?? text
    if let forced = package.firstRange(of: "::") { package = String(package[forced.upperBound...]) }
    let parts = package.split(separator: "/", omittingEmptySubsequences: false)
    if let host = parts.first.map(String.init), repositoryHosts.contains(host), parts.count < 3 {
      let names = ["github.com": "GitHub", "gitlab.com": "GitLab", "bitbucket.org": "BitBucket"]
      throw unreadable("\(names[host] ?? host) URLs should be \(host)/username/repo")
    }
    let isKnownHost =
      parts.first.map { repositoryHosts.contains(String($0)) } ?? false
      || package.contains("amazonaws.com/") || package.hasPrefix("www.googleapis.com/")
    let scheme = package.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    let hasScheme =
      scheme.first?.isLetter == true && package.dropFirst(scheme.count).first == ":"
    let isShell = package.hasPrefix("git@") && package.contains(":")
    guard isKnownHost || hasScheme || isShell || package.hasPrefix("/") else {
      throw Failure(
        summary: "Invalid module source address",
        detail:
          "Terraform failed to determine your intended installation method for remote module package \(Quoting.goQuoted(package)).\n\nIf you intended this as a path relative to the current module, use \"./\(package)\" instead. The \"./\" prefix indicates that the address is a relative filesystem path."
      )
    }
  }
}
