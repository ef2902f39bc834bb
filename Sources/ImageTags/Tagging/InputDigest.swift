internal import SourceText

/// Tags images by what they are built from: Skaffold's `inputDigest` policy.
///
/// The digests themselves are functions the caller brings along, so that this library needs no
/// cryptography.
public struct InputDigest {
  /// Bytes to lower-case hexadecimal digits.
  public typealias Digest = (_ bytes: [UInt8]) -> String

  private let md5: Digest
  private let sha256: Digest

  /// Creates a tagger from the two digests it needs.
  public init(md5: @escaping Digest, sha256: @escaping Digest) {
    self.md5 = md5
    self.sha256 = sha256
  }

  /// The tag for some files by their path relative to the workspace: the sha256 of the JSON list of
  /// the md5 of each path and contents, in the order of the paths. One file is held at a time.
  ///
  /// - Parameter contents: Gives a file's contents; `nil` for what has none, such as a link.
  public func tag<Failure>(
    paths: [String], contents: (_ path: String) throws(Failure) -> [UInt8]?
  ) throws(Failure) -> String {
    var digests: [JSONValue] = []
    for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      digests.append(.string(md5(Array(path.utf8) + (try contents(path) ?? []))))
    }
    let list: JSONValue = digests.isEmpty ? .null : .array(digests)
    return sha256(Array((list.text() + "\n").utf8))
  }
}
