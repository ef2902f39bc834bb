internal import Foundation

/// Where this package lies on disk, for tests that read its sources and fixtures.
public enum Repository {
  /// The folder of Package.swift.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// A path below the package, such as `Fixtures/newproject`.
  public static func path(_ relative: String) -> String {
    root + "/" + relative
  }

  /// The bytes of a file below the package.
  public static func bytes(_ relative: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(relative))))
  }

  /// The text of a file below the package.
  public static func text(_ relative: String) throws -> String {
    String(decoding: try bytes(relative), as: UTF8.self)
  }

  /// Every regular file below a folder of the package, relative to the package, sorted.
  public static func files(below folder: String, withExtension ext: String? = nil) -> [String] {
    let base = path(folder)
    guard let walker = FileManager.default.enumerator(atPath: base) else { return [] }
    var found: [String] = []
    for case let name as String in walker {
      if let ext, !name.hasSuffix("." + ext) { continue }
      var isFolder: ObjCBool = false
      let path = base + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if !isFolder.boolValue { found.append(folder + "/" + name) }
    }
    return found.sorted()
  }
}
