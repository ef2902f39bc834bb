public import SourceText

/// Writes changed files, all or none, or shows what would change.
public enum FileEdits {
  /// One file before and after.
  public struct Edit: Sendable {
    /// Where the file is.
    public let path: String
    /// Its contents now.
    public let old: [UInt8]
    /// Its contents to be.
    public let new: [UInt8]

    /// Creates an edit.
    public init(path: String, old: [UInt8], new: [UInt8]) {
      self.path = path
      self.old = old
      self.new = new
    }
  }

  /// Replaces the files that differ. If one cannot be written, those written before are put back.
  public static func write(_ edits: [Edit]) throws(FileError) {
    let fileSystem = LocalFileSystem()
    var written: [Edit] = []
    for edit in edits where edit.old != edit.new {
      do throws(FileError) {
        try fileSystem.replace(edit.path, with: edit.new)
        written.append(edit)
      } catch {
        for edit in written { try? fileSystem.replace(edit.path, with: edit.old) }
        throw error
      }
    }
  }

  /// The changes as a unified diff.
  public static func diff(_ edits: [Edit]) -> String {
    edits.map { UnifiedDiff.text(old: $0.old, new: $0.new, path: $0.path) }.joined()
  }
}
