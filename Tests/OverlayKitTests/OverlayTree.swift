import OverlayKit
import SourceText

/// A tree of files in one text: each file starts with a line `## PATH`.
struct OverlayTree {
  let fileSystem: MemoryFileSystem

  init(_ text: String) {
    var files: [String: String] = [:]
    var path = "/kustomization.yaml"
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") {
        path = "/" + line.dropFirst(3)
        files[path] = ""
      } else {
        files[path, default: ""] += line + "\n"
      }
    }
    fileSystem = MemoryFileSystem(files)
  }

  func build(_ folder: String = "/", restricted: Bool = true) -> BuildResult {
    var options = OverlayBuilder.Options()
    options.restrictsFiles = restricted
    return OverlayBuilder(fileSystem: fileSystem, options: options).build(folder)
  }
}

extension BuildResult {
  /// The manifests as text; empty after an error.
  var text: String { yaml.map { String(decoding: $0, as: UTF8.self) } ?? "" }

  /// The ids of all errors.
  var errors: [String] {
    diagnostics.filter { $0.severity == .error }.map { "\($0.id)" }
  }
}
