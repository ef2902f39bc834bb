internal import Foundation

/// A folder that is removed when the last reference to it goes away.
public final class TemporaryFolder: Sendable {
  /// Its absolute path.
  public let root: String

  /// Creates an empty folder.
  public init() throws {
    root =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("deploykit-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  /// Creates a folder with a copy of a folder of the package.
  public convenience init(copying folder: String, as name: String) throws {
    try self.init()
    try FileManager.default.copyItem(atPath: Repository.path(folder), toPath: path(name))
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// The absolute path of something below the folder.
  public func path(_ relative: String) -> String { root + "/" + relative }

  /// Writes a file, with the folders above it.
  @discardableResult
  public func write(_ relative: String, _ text: String) throws -> String {
    let file = URL(fileURLWithPath: path(relative))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// The text of a file.
  public func text(_ relative: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(relative))), as: UTF8.self)
  }
}
