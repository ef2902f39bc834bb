internal import SourceText

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension FunctionTable {
  /// Functions over files and paths.
  static var fileFunctions: [String: Function] {
    let path = Function.Parameter("path", .string)
    let shownPath = Function.Parameter("path", .string, marked: true)
    return [
      "file": Function([shownPath], returns: .string) {
        (arguments, _, table) throws(FunctionError) in
        Value.string(try table.readText(arguments[0])).marked(arguments[0].marks)
      },
      "filebase64": Function([shownPath], returns: .string) {
        (arguments, _, table) throws(FunctionError) in
        Value.string(Base64.encode(try table.readBytes(arguments[0], isArgument: true)))
          .marked(arguments[0].marks)
      },
      "fileexists": Function([shownPath], returns: .bool) {
        (arguments, _, table) throws(FunctionError) in
        let name = FilePath.clean(arguments[0].stringValue ?? "")
        let shown = redacted(Quoting.goQuoted(name), arguments[0])
        switch table.files.kind(of: table.absolute(name)) {
        case nil: return Value.bool(false).marked(arguments[0].marks)
        case .file?: return Value.bool(true).marked(arguments[0].marks)
        case .folder?: throw FunctionError("\(shown) is a directory, not a file")
        case .other?: throw FunctionError("\(shown) is not a regular file")
        }
      },
      "fileset": Function([path, .init("pattern", .string)], returns: .set(.string)) {
        (arguments, _, table) throws(FunctionError) in
        let folder = arguments[0].stringValue ?? ""
        let pattern = arguments[1].stringValue ?? ""
        let glob: GlobPattern
        do throws(GlobPattern.Failure) {
          glob = try GlobPattern(pattern)
        } catch {
          throw FunctionError(
            "failed to glob pattern \(Quoting.goQuoted(FilePath.join(folder, pattern))): \(error.rawValue)"
          )
        }
        return .set(
          .string, glob.matches(in: table.absolute(folder), table.files).map { .string($0) })
      },
      "abspath": Function([path], returns: .string) { arguments, _, table in
        let given = arguments[0].stringValue ?? ""
        let folder = (try? table.files.resolve(table.baseFolder)) ?? table.baseFolder
        return .string(FilePath.normalize(given, in: folder))
      },
      "basename": Function([path], returns: .string) { arguments, _, _ in
        let given = arguments[0].stringValue ?? ""
        if given.isEmpty { return .string(".") }
        return .string(given.allSatisfy { $0 == "/" } ? "/" : FilePath.name(of: given))
      },
      "dirname": Function([path], returns: .string) { arguments, _, _ in
        let given = arguments[0].stringValue ?? ""
        return .string(
          given.contains("/")
            ? FilePath.clean(String(given[...(given.lastIndex(of: "/") ?? given.startIndex)])) : "."
        )
      },
      "pathexpand": Function([path], returns: .string) { arguments, _, _ in
        let given = arguments[0].stringValue ?? ""
        guard given == "~" || given.hasPrefix("~/"), let home = getenv("HOME") else {
          return .string(given)
        }
        return .string(
          given == "~"
            ? String(cString: home)
            : FilePath.join(String(cString: home), String(given.dropFirst(2))))
      },
      "templatefile": templateFile, "templatestring": templateString,
    ]
  }

  func absolute(_ path: String) -> String { FilePath.join(baseFolder, path) }

  /// Text about a value, unless the value is sensitive.
  static func redacted(_ text: String, _ value: Value) -> String {
    value.marks.contains(.sensitive) ? "(sensitive value)" : text
  }

  /// The bytes of a file; the two families of functions word their failures differently.
  func readBytes(_ path: Value, isArgument: Bool) throws(FunctionError) -> [UInt8] {
    let given = path.stringValue ?? ""
    do throws(FileError) { return try files.read(absolute(given)) } catch {
      switch error.reason {
      case .notFound:
        if !isArgument {
          throw FunctionError("open \(FilePath.clean(given)): no such file or directory")
        }
        throw FunctionError(
          "no file exists at \(Self.redacted(Quoting.goQuoted(given), path)); this function works only with files that are distributed as part of the configuration source code, so if this file will be created by a resource in this configuration you must instead obtain this result from an attribute of that resource",
          argument: 0)
      case .isFolder:
        let words = "read \(FilePath.clean(given)): is a directory"
        throw isArgument
          ? FunctionError("failed to read file: \(words)", argument: 0) : FunctionError(words)
      default: throw FunctionError(error.message, argument: isArgument ? 0 : nil)
      }
    }
  }

  func readText(_ path: Value) throws(FunctionError) -> String {
    let bytes = try readBytes(path, isArgument: true)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FunctionError(
        "contents of \(Self.redacted(Quoting.goQuoted(path.stringValue ?? ""), path)) are not valid UTF-8; use the filebase64 function to obtain the Base64 encoded contents or the other file functions (e.g. filemd5, filesha256) to obtain file hashing results instead"
      )
    }
    return text
  }
}
