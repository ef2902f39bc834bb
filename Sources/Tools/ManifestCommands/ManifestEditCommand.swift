public import ArgumentParser
internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// `manifest-edit`: changes that leave every other byte alone (``ManifestKit/EditPlan``).
public struct ManifestEditCommand: ParsableCommand {
  /// Name, help and version.
  public static let configuration = CommandConfiguration(
    commandName: "manifest-edit",
    abstract: "Change values in YAML or JSON and leave every other byte as it is.",
    discussion: """
      Comments, blank lines, quotes and order stay. Values are read as JSON where they are JSON \
      (3, true, null, {"a": 1}) and as text otherwise; --set-string always takes text. The changes \
      are made in the order: set, set-string, insert, append, delete. The result goes to standard output \
      unless --in-place is given.

      Example: manifest-edit --set spec.replicas=3 --kind Deployment --in-place web.yaml
      """,
    version: ToolVersion.current)

  @Argument(help: "Files and folders; - or nothing is standard input.")
  var files: [String] = []

  @Option(help: "PATH=VALUE: set a value, adding the key where it is missing. May be repeated.")
  var set: [String] = []

  @Option(help: "PATH=TEXT: set a value that is text whatever it looks like. May be repeated.")
  var setString: [String] = []

  @Option(help: "PATH[INDEX]=VALUE: add an element before another. May be repeated.")
  var insert: [String] = []

  @Option(help: "PATH=VALUE: add an element at the end of a list. May be repeated.")
  var append: [String] = []

  @Option(help: "PATH: delete a key or element. May be repeated.")
  var delete: [String] = []

  @Flag(help: "Delete the comment lines right above a deleted entry too.")
  var dropComments = false

  @Flag(name: [.short, .long], help: "Write the files instead of standard output.")
  var inPlace = false

  @OptionGroup var objects: ObjectOptions
  @OptionGroup var reporting: ReportingOptions

  /// Creates the command for the parser.
  public init() {}

  /// Refuses what is no path, and a run without changes.
  public func validate() throws {
    if try operations().isEmpty {
      throw ValidationError(
        "nothing to do: give --set, --set-string, --insert, --append or --delete")
    }
    if inPlace, files.isEmpty || files.contains("-") {
      throw ValidationError("--in-place needs files")
    }
  }

  /// Edits every file; a file that cannot be edited is left as it is.
  public func run() throws {
    let operations = try operations()
    var diagnostics: [Diagnostic] = []
    var sources = SourceFiles()
    var isFound = false
    var last: UInt8?
    for path in found(&diagnostics) {
      do {
        let source = try ManifestInput.file(path)
        let id = sources.add(source)
        let bytes = try edited(source, id, operations, &isFound)
        if !inPlace {
          // Of several files one stream is made.
          if let last {
            let isMarked = bytes.starts(with: "---".utf8)
            StandardStreams.writeOutput((last == 0x0A ? "" : "\n") + (isMarked ? "" : "---\n"))
          }
          StandardStreams.writeOutput(bytes)
          last = bytes.last ?? last
        } else if bytes != source.bytes {
          try LocalFileSystem().replace(path, with: bytes)
        }
      } catch let error as FileError {
        diagnostics.append(error.diagnostic)
      } catch let error as EditPlan.Failure {
        diagnostics += error.diagnostics
      } catch let error as DiagnosticError {
        diagnostics += error.diagnostics
      }
    }
    reporting.report(diagnostics, files: sources, tool: "manifest-edit")
    if diagnostics.hasErrors { throw ExitStatus.failure.code }
    guard isFound else {
      let diagnostic = Diagnostic("no-such-object", .error, "no document is to be edited")
      reporting.report([diagnostic], files: sources, tool: "manifest-edit")
      throw ExitStatus.negative.code
    }
  }

  /// The files that were named, and those below the folders that were.
  private func found(_ diagnostics: inout [Diagnostic]) -> [String] {
    do {
      return try ManifestFiles.find(files.isEmpty ? ["-"] : files, in: LocalFileSystem())
    } catch {
      diagnostics.append(error.diagnostic)
      return []
    }
  }

  private func edited(
    _ source: SourceFile, _ id: SourceFile.ID, _ operations: [EditPlan.Operation],
    _ isFound: inout Bool
  ) throws -> [UInt8] {
    let stream = try YAMLStream(parsing: source, file: id)
    var plan = EditPlan()
    let isAlone = stream.documents.count == 1
    for document in stream.documents where objects.filter.accepts(document.root) {
      // Markers alone make no document that anyone would want to have something in.
      let isEmpty = document.root.kind == .scalar && document.root.text.isEmpty
      if isEmpty, !isAlone { continue }
      isFound = true
      for operation in operations { plan.add(operation, document: document.index) }
    }
    return try plan.apply(to: source, file: id)
  }

  private func operations() throws -> [EditPlan.Operation] {
    try set.map { text in
      let (path, value) = try Self.split(text)
      return .set(path, (try? JSONValue(parsing: value)) ?? .string(value))
    }
      + setString.map { text in
        let (path, value) = try Self.split(text)
        return .set(path, .string(value))
      }
      + insert.map { text in
        let (path, value) = try Self.split(text)
        guard case .index(let index)? = path.steps.last else {
          throw ValidationError("'\(text)' does not say before which element: PATH[INDEX]=VALUE")
        }
        let list = EditPath(Array(path.steps.dropLast()))
        return .insert(list, at: index, (try? JSONValue(parsing: value)) ?? .string(value))
      }
      + append.map { text in
        let (path, value) = try Self.split(text)
        return .append(path, (try? JSONValue(parsing: value)) ?? .string(value))
      } + delete.map { .delete(try Self.path($0), dropComments ? .drop : .keep) }
  }

  private static func path(_ text: String) throws -> EditPath {
    do throws(EditPath.ParseError) {
      return try EditPath(parsing: text)
    } catch {
      throw ValidationError("'\(text)' is no path: \(error.message) (at byte \(error.offset))")
    }
  }

  /// Splits at the first `=` that is not inside brackets or quotes.
  private static func split(_ text: String) throws -> (EditPath, String) {
    var depth = 0
    var isQuoted = false
    for index in text.indices {
      switch text[index] {
      case "\"": isQuoted.toggle()
      case "[" where !isQuoted: depth += 1
      case "]" where !isQuoted: depth -= 1
      case "=" where depth == 0 && !isQuoted:
        return (try path(String(text[..<index])), String(text[text.index(after: index)...]))
      default: break
      }
    }
    throw ValidationError("'\(text)' is not PATH=VALUE")
  }
}
