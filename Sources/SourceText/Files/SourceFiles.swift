/// The files that one run has read, addressed by ``SourceFile/ID``.
///
/// A library adds every file it parses; the renderers look names and lines up here.
public struct SourceFiles: Sendable {
  private var files: [SourceFile] = []

  /// Creates an empty set.
  public init() {}

  /// Adds a file and returns its identifier. Amortised O(1).
  public mutating func add(_ file: SourceFile) -> SourceFile.ID {
    files.append(file)
    return SourceFile.ID(rawValue: UInt32(files.count - 1))
  }

  /// The file with this identifier, or `nil` if it came from another set.
  public subscript(id: SourceFile.ID) -> SourceFile? {
    let index = Int(id.rawValue)
    return index < files.count ? files[index] : nil
  }

  /// Forgets the contents of a file that no diagnostic concerns; its name and number stay.
  public mutating func drop(_ id: SourceFile.ID) {
    guard Int(id.rawValue) < files.count else { return }
    files[Int(id.rawValue)] = SourceFile(name: files[Int(id.rawValue)].name, bytes: [])
  }

  /// How many files have been added.
  public var count: Int { files.count }

  /// All identifiers, in the order the files were added.
  public var ids: [SourceFile.ID] {
    files.indices.map { SourceFile.ID(rawValue: UInt32($0)) }
  }
}
