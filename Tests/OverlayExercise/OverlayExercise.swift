internal import ManifestKit
internal import OverlayKit
internal import SourceText

/// Everything OverlayKit does with a tree of files, and what must hold whatever is in it.
///
/// A tree is one text: each file starts with a line `## PATH`, what comes first is
/// `kustomization.yaml`. What breaks a promise is told, what traps or hangs is for the caller to see.
public enum OverlayExercise {
  /// A promise that does not hold.
  public struct Breach: Error, CustomStringConvertible {
    /// Which promise, and how it was broken.
    public let description: String
  }

  /// Longer inputs are slow, not interesting.
  private static let limit = 1 << 16

  /// Exercises a tree.
  public static func run(_ input: [UInt8]) throws(Breach) {
    guard input.count <= limit else { return }
    let tree = FileTree(input)
    try builds(tree)
    _ = OverlayCheck(below: ["/"], fileSystem: tree.files)
    try edits(tree.root)
  }

  /// A build comes to an end, the same each time; what it prints is YAML, and what it refuses has a
  /// place.
  private static func builds(_ tree: FileTree) throws(Breach) {
    var options = OverlayBuilder.Options()
    options.listsOrigins = true
    let builder = OverlayBuilder(fileSystem: tree.files, options: options)
    let first = builder.build("/")
    guard let yaml = first.yaml else {
      let errors = first.diagnostics.filter { $0.severity == .error }
      guard !errors.isEmpty else { throw Breach(description: "a build failed without an error") }
      for error in errors where error.span == nil && error.path == nil {
        throw Breach(description: "an error without a place: \(error.id) \(error.summary)")
      }
      return
    }
    let others = OverlayBuilder(fileSystem: tree.files).build(["/", "/"])
    guard others.allSatisfy({ $0.yaml == yaml }) else {
      throw Breach(description: "a second build printed something else")
    }
    guard (try? YAMLStream(parsing: SourceFile(name: "", bytes: yaml))) != nil else {
      throw Breach(description: "what was printed is no YAML")
    }
  }

  /// An edit that is refused changes nothing, and one that is not leaves YAML.
  private static func edits(_ kustomization: [UInt8]) throws(Breach) {
    let source = SourceFile(name: "kustomization.yaml", bytes: kustomization)
    guard let editor = try? KustomizationEditor(source) else { return }
    // An empty file is given its header.
    guard editor.bytes.starts(with: kustomization) else {
      throw Breach(description: "no edit changed the bytes")
    }
    let changes: [(String, (inout KustomizationEditor) throws -> Void)] = [
      ("set image", { try $0.setImage("registry.example.com/api:2") }),
      ("set replicas", { try $0.setReplicas("api=3") }),
      ("set namespace", { try $0.set(.namespace, to: "live") }),
      ("fix", { try $0.fix { _ in true } }),
    ]
    for (name, change) in changes {
      var edited = editor
      guard (try? change(&edited)) != nil else { continue }
      let result = SourceFile(name: "kustomization.yaml", bytes: edited.bytes)
      guard (try? YAMLStream(parsing: result)) != nil else {
        let text = String(decoding: edited.bytes, as: UTF8.self)
        throw Breach(description: "\(name) left what is no YAML:\n\(text)")
      }
    }
  }
}

/// The files of a tree that is written as one text.
private struct FileTree {
  var files = MemoryFileSystem()
  /// The kustomization that is built.
  var root: [UInt8] = []

  init(_ text: [UInt8]) {
    var path = "/kustomization.yaml"
    var lines: [ArraySlice<UInt8>] = []
    func close(_ tree: inout FileTree) {
      let bytes = Array(lines.joined(separator: [0x0A]))
      tree.files.add(path, bytes)
      if path == "/kustomization.yaml" { tree.root = bytes }
      lines = []
    }
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let name = String(validating: line.dropFirst(3), as: UTF8.self) ?? ""
      if line.starts(with: "## ".utf8), !name.isEmpty, !name.contains("\0") {
        close(&self)
        path = FilePath.normalize(name, in: "/")
      } else {
        lines.append(line)
      }
    }
    close(&self)
  }
}
