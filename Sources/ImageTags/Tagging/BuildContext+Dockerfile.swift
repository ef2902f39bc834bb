internal import SourceText

extension BuildContext {
  /// What a Dockerfile copies, and the Dockerfile.
  func copiedFiles(
    dockerfile: String, _ arguments: [String: String]
  ) throws(Failure) -> [String] {
    let isInContext = fileSystem.kind(of: path(dockerfile)) != nil
    let location =
      isInContext || fileSystem.kind(of: dockerfile) == nil ? path(dockerfile) : dockerfile
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try fileSystem.read(location)
    } catch {
      throw Failure(description: error.description)
    }
    let instructions: [[String]]
    do throws(DockerfileSources.ParseError) {
      instructions = try DockerfileSources(parsing: bytes, arguments: arguments).instructions
    } catch {
      throw Failure(description: "\(location): \(error)")
    }
    let rules = try ignoreRules(of: location)
    var found: Set<String> = [dockerfile]
    for sources in instructions {
      var matches: [String] = []
      for source in sources {
        matches += try paths(matching: FilePath.clean(source))
      }
      guard !matches.isEmpty else {
        let names = sources.map { "'\($0)'" }.joined(separator: " or ")
        throw Failure(description: "\(location): nothing in the build context is \(names)")
      }
      for source in matches {
        found.formUnion(
          try walk(source) { (path, isFolder) throws(Failure) in
            // A folder that is copied by its own name is looked into, ignored or not.
            guard let rules, !isFolder || path != source, try Self.ignores(path, by: rules) else {
              return .keep
            }
            return isFolder && !rules.leavesOutAll(of: path) ? .keep : .skip
          })
      }
    }
    found.remove(".dockerignore")
    return Array(found)
  }

  /// The rules of the Dockerfile's own ignore file, or of the folder's.
  private func ignoreRules(of dockerfile: String) throws(Failure) -> DockerIgnore? {
    for file in [dockerfile + ".dockerignore", path(".dockerignore")] {
      guard fileSystem.kind(of: file) != nil else { continue }
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try fileSystem.read(file)
      } catch {
        throw Failure(description: error.description)
      }
      do throws(DockerIgnore.ParseError) {
        return try DockerIgnore(parsing: bytes)
      } catch {
        throw Failure(description: "\(file):\(error.line): this is no pattern")
      }
    }
    return nil
  }

  private static func ignores(_ path: String, by rules: DockerIgnore) throws(Failure) -> Bool {
    do throws(Pattern.TooLargeError) {
      return try rules.ignores(path)
    } catch {
      throw Failure(description: "\(path): \(error)")
    }
  }
}
