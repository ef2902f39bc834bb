public import SourceText

/// Remote resources from the copies of a vendor folder, verified against its lock.
public struct VendoredResources: RemoteResources {
  private let folder: String
  private let lock: VendorLock
  private let fileSystem: any FileSystem

  /// Opens a vendor folder; `nil` where there is none.
  ///
  /// - Throws: What is wrong with its lock file.
  public init?(
    _ folder: String, fileSystem: any FileSystem = LocalFileSystem()
  ) throws(DiagnosticError) {
    let path = FilePath.join(folder, VendorLock.fileName)
    guard fileSystem.kind(of: path) == .file else { return nil }
    let bytes: [UInt8]
    do throws(FileError) {
      self.folder = try fileSystem.resolve(folder)
      bytes = try fileSystem.read(path)
    } catch {
      throw DiagnosticError(error.diagnostic)
    }
    lock = try VendorLock(parsing: SourceFile(name: path, bytes: bytes))
    self.fileSystem = fileSystem
  }

  /// The copy of a repository, where the lock has it at the ref asked for.
  ///
  /// Each of its files is read once and must be what the lock says; files that the lock does not name
  /// are refused, since they could change a build.
  public func repository(
    _ reference: RepositoryReference
  ) throws(RemoteError) -> RemoteRepository? {
    let entry = lock.repositories.first { $0.url == reference.url && $0.ref == reference.ref }
    guard let entry else { return nil }
    return try copy(of: entry)
  }

  private func copy(
    of entry: VendorLock.Repository
  ) throws(RemoteError) -> RemoteRepository {
    let root = try inside(entry.folder)
    for file in entry.files.sorted(by: { $0.key < $1.key }) {
      _ = try verified(FilePath.join(entry.folder, file.key), file.value)
    }
    if let stranger = try files(below: root, "").first(where: { entry.files[$0] == nil }) {
      throw RemoteError("the vendored copy has a file that its lock does not name: \(stranger)")
    }
    return RemoteRepository(folder: root, commit: entry.commit)
  }

  /// The copy of a file, where the lock has it.
  public func file(_ url: String) throws(RemoteError) -> [UInt8]? {
    guard let entry = lock.files.first(where: { $0.url == url }) else { return nil }
    return try verified(entry.path, entry.digest)
  }

  /// What does not agree with the lock; nothing where every copy is there and unchanged.
  public func mismatches() -> [RemoteError] {
    var errors: [RemoteError] = []
    for entry in lock.repositories {
      do throws(RemoteError) { _ = try copy(of: entry) } catch { errors.append(error) }
    }
    for entry in lock.files {
      do throws(RemoteError) { _ = try file(entry.url) } catch { errors.append(error) }
    }
    return errors
  }

  private func inside(_ path: String) throws(RemoteError) -> String {
    let confined = ConfinedFileSystem(fileSystem, to: [folder])
    do throws(FileError) {
      return try confined.resolve(FilePath.join(folder, path))
    } catch {
      throw RemoteError("the vendored copy '\(path)': \(error.message)")
    }
  }

  private func verified(_ path: String, _ digest: String) throws(RemoteError) -> [UInt8] {
    let absolute = try inside(path)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try fileSystem.read(absolute)
    } catch {
      throw RemoteError("the vendored copy '\(path)': \(error.message)")
    }
    guard ContentDigest.of(bytes) == digest else {
      throw RemoteError("the vendored copy '\(path)' is not what its lock says it is")
    }
    return bytes
  }

  private func files(below folder: String, _ prefix: String) throws(RemoteError) -> [String] {
    do throws(FileError) {
      var found: [String] = []
      var pending = [""]
      while let path = pending.popLast() {
        for name in try fileSystem.list(FilePath.join(folder, path)) {
          let child = path.isEmpty ? name : FilePath.join(path, name)
          if fileSystem.kind(of: FilePath.join(folder, child)) == .folder {
            pending.append(child)
          } else {
            found.append(child)
          }
        }
      }
      return found
    } catch {
      throw RemoteError("the vendored copy: \(error.description)")
    }
  }
}
