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
  /// the md5 of each path and contents, in the order of the paths.
  public func tag(files: [(path: String, contents: [UInt8])]) -> String {
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let digests = sorted.map { JSONValue.string(md5(Array($0.path.utf8) + $0.contents)) }
    let list: JSONValue = digests.isEmpty ? .null : .array(digests)
    return sha256(Array((list.text() + "\n").utf8))
  }
}
