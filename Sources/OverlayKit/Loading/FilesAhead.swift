internal import ManifestKit
internal import SourceText

/// The manifests that a kustomization lists, read a few at a time, and parsed on all cores where they
/// are large.
struct FilesAhead {
  private enum File {
    case text(SourceFile, SourceFile.ID)
    case parsed(Result<YAMLStream, DiagnosticError>)
  }

  /// How many bytes make threads worth their start.
  private static let threshold = 1 << 17

  private let entries: [Kustomization.Entry]
  private let loader: FileLoader
  private var files: [Int: File] = [:]

  init(_ entries: [Kustomization.Entry], _ loader: FileLoader) {
    self.entries = entries
    self.loader = loader
  }

  /// The documents of the entry with a number, which is a file.
  mutating func stream(_ index: Int) throws(DiagnosticError) -> YAMLStream {
    if files[index] == nil {
      guard entries.count > 3 else {
        return try loader.stream(entries[index].text, at: entries[index].span)
      }
      try read(from: index)
    }
    switch files.removeValue(forKey: index) {
    case .parsed(let result): return try result.get()
    case .text(let source, let id): return try YAMLStream(parsing: source, file: id)
    case nil: return try loader.stream(entries[index].text, at: entries[index].span)
    }
  }

  /// Reads the file of a number and those that follow at once. What is wrong with a later one is said
  /// when its turn comes.
  private mutating func read(from first: Int) throws(DiagnosticError) {
    var texts: [(index: Int, source: SourceFile, id: SourceFile.ID)] = []
    for index in first..<min(entries.count, first + 2 * ParallelMap.coreCount) {
      let entry = entries[index]
      if index > first {
        guard loader.remote(entry.text) == nil, loader.kind(of: entry.text) == .file else { break }
      }
      do throws(DiagnosticError) {
        let (source, id) = try loader.source(entry.text, at: entry.span)
        texts.append((index, source, id))
      } catch {
        guard index > first else { throw error }
        break
      }
    }
    for text in texts { files[text.index] = .text(text.source, text.id) }
    guard texts.reduce(0, { $0 + $1.source.bytes.count }) > Self.threshold else { return }
    let results = ParallelMap.map(texts) { text -> Result<YAMLStream, DiagnosticError> in
      do throws(DiagnosticError) {
        return .success(try YAMLStream(parsing: text.source, file: text.id))
      } catch {
        return .failure(error)
      }
    }
    for (text, result) in zip(texts, results) { files[text.index] = .parsed(result) }
  }
}
