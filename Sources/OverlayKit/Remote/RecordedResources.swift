public import SourceText
internal import Synchronization

/// Remote resources from another source, with a note of what was asked for: what `overlay-vendor`
/// keeps copies of.
public final class RecordedResources: RemoteResources {
  private struct Record {
    var repositories: [RepositoryReference: RemoteRepository] = [:]
    var files: [String: [UInt8]] = [:]
  }

  private let source: any RemoteResources
  private let record = Mutex(Record())

  /// Listens to a source.
  public init(_ source: any RemoteResources) { self.source = source }

  /// Asks the source for a repository.
  public func repository(
    _ reference: RepositoryReference
  ) throws(RemoteError) -> RemoteRepository? {
    let found = try source.repository(reference)
    if let found { record.withLock { $0.repositories[reference] = found } }
    return found
  }

  /// Asks the source for a file.
  public func file(_ url: String) throws(RemoteError) -> [UInt8]? {
    let found = try source.file(url)
    if let found { record.withLock { $0.files[url] = found } }
    return found
  }

  /// The lock and the files of a vendor folder with all that was asked for.
  ///
  /// - Parameter inputs: The files that the builds read (``BuildResult/inputs``); of a repository,
  ///   only these are kept.
  public func vendored(
    _ inputs: Set<String>, fileSystem: any FileSystem = LocalFileSystem()
  ) throws(FileError) -> (lock: VendorLock, files: [String: [UInt8]]) {
    let record = record.withLock { $0 }
    var lock = VendorLock()
    var files: [String: [UInt8]] = [:]
    let sorted = record.repositories.sorted { $0.key.canonical < $1.key.canonical }
    for (reference, copy) in sorted {
      let known = lock.repositories.contains {
        $0.url == reference.url && $0.ref == reference.ref
      }
      if known { continue }
      let folder = Self.folderName(reference.url) + "@" + copy.commit.prefix(12)
      var digests: [String: String] = [:]
      for path in inputs where FilePath.isPath(path, inside: copy.folder) {
        let bytes = try fileSystem.read(path)
        let relative = FilePath.relative(path, to: copy.folder)
        digests[relative] = ContentDigest.of(bytes)
        files[FilePath.join(folder, relative)] = bytes
      }
      lock.repositories.append(
        VendorLock.Repository(
          url: reference.url, ref: reference.ref, commit: copy.commit, folder: folder,
          files: digests))
    }
    for (url, bytes) in record.files.sorted(by: { $0.key < $1.key }) {
      let path = Self.folderName(url)
      lock.files.append(VendorLock.File(url: url, digest: ContentDigest.of(bytes), path: path))
      files[path] = bytes
    }
    return (lock, files)
  }

  /// A URL as a path: its host and path, with nothing that could lead elsewhere.
  private static func folderName(_ url: String) -> String {
    var text = url[...]
    if let scheme = text.firstIndex(of: ":"), text[scheme...].hasPrefix("://") {
      text = text[text.index(scheme, offsetBy: 3)...]
    }
    let parts = text.split(whereSeparator: { $0 == "/" || $0 == ":" || $0 == "?" }).map { part in
      let safe = part.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._=@".contains($0)) }
      return safe.allSatisfy { $0 == "." } ? "_" : safe
    }
    return parts.joined(separator: "/")
  }
}
