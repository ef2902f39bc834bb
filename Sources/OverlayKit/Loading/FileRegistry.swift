internal import SourceText
internal import Synchronization

/// The files of one run, and a number for every byte of them.
///
/// A node of a build's tree notes such a number, so that it takes four bytes to say where any field
/// comes from. Builds that run side by side share one registry, and with it the numbers.
final class FileRegistry: Sendable {
  private struct State {
    var files = SourceFiles()
    /// The number of each file's first byte; 0 for files that numbers do not reach.
    var starts: [UInt32] = []
    var end: UInt32 = 1
    /// Where text that stands in another file comes from.
    var hosts: [SourceFile.ID: (span: SourceSpan, skippedLines: Int)] = [:]
    /// What nobody is to see.
    var secrets: [SourceFile.ID: [SourceSpan]] = [:]
  }

  private let state = Mutex(State())

  /// All files so far, as they may be shown: secrets are asterisks.
  var files: SourceFiles {
    state.withLock { state in
      if state.secrets.isEmpty { return state.files }
      var files = SourceFiles()
      for id in state.files.ids {
        guard let file = state.files[id] else { continue }
        var bytes = file.bytes
        for secret in state.secrets[id] ?? [] {
          for index in secret.bytes where bytes[index] != 0x0A { bytes[index] = UInt8(ascii: "*") }
        }
        _ = files.add(SourceFile(name: file.name, bytes: bytes))
      }
      return files
    }
  }

  /// Keeps a place from being shown.
  func hide(_ span: SourceSpan) {
    state.withLock { $0.secrets[span.file, default: []].append(span) }
  }

  subscript(id: SourceFile.ID) -> SourceFile? { state.withLock { $0.files[id] } }

  /// Adds a file.
  ///
  /// - Parameters:
  ///   - host: For text that is a scalar of another file, that scalar.
  ///   - skippedLines: How many lines of the scalar come before the text.
  func add(
    _ file: SourceFile, host: SourceSpan? = nil, skipping skippedLines: Int = 0
  ) -> SourceFile.ID {
    state.withLock { state in
      let id = state.files.add(file)
      let (end, overflow) = state.end.addingReportingOverflow(
        UInt32(clamping: file.bytes.count + 1))
      state.starts.append(overflow ? 0 : state.end)
      if !overflow { state.end = end }
      if let host { state.hosts[id] = (host, skippedLines) }
      return id
    }
  }

  /// The number of a file's first byte.
  func origin(of file: SourceFile.ID) -> UInt32 {
    let index = Int(file.rawValue)
    return state.withLock { $0.starts.indices.contains(index) ? $0.starts[index] : 0 }
  }

  /// The number of a span's first byte.
  func origin(of span: SourceSpan) -> UInt32 {
    let start = origin(of: span.file)
    return start == 0 ? 0 : start + span.start
  }

  /// The place a number stands for: from there to the end of the line. O(log files + line).
  func span(ofOrigin origin: UInt32) -> SourceSpan? {
    guard origin > 0 else { return nil }
    let found: (SourceFile.ID, SourceFile, UInt32)? = state.withLock { state in
      var low = 0
      var high = state.starts.count
      while low < high {
        let middle = (low + high) / 2
        if state.starts[middle] != 0, state.starts[middle] <= origin {
          low = middle + 1
        } else {
          high = middle
        }
      }
      guard low > 0 else { return nil }
      let id = SourceFile.ID(rawValue: UInt32(low - 1))
      return state.files[id].map { (id, $0, origin - state.starts[low - 1]) }
    }
    guard let (id, file, offset) = found, Int(offset) <= file.bytes.count else { return nil }
    let line = file.bytes[Int(offset)...].prefix { $0 != 0x0A && $0 != 0x0D }
    return hosted(SourceSpan(file: id, bytes: Int(offset)..<Int(offset) + line.count))
  }

  /// A span in text that is a scalar of another file as a span of that file; others as they are.
  ///
  /// A block scalar's text is found line by line; for other styles the whole scalar is named.
  func hosted(_ span: SourceSpan) -> SourceSpan {
    let found: (SourceSpan, Int, SourceFile, SourceFile)? = state.withLock { state in
      guard let (host, skipped) = state.hosts[span.file], let text = state.files[span.file],
        let file = state.files[host.file]
      else { return nil }
      return (host, skipped, text, file)
    }
    guard let (host, skippedLines, text, file) = found else { return span }
    let scalar = file.bytes[host.bytes]
    guard scalar.first == UInt8(ascii: "|") || scalar.first == UInt8(ascii: ">") else {
      return host
    }
    let offset = span.bytes.lowerBound
    let before = text.bytes[..<min(offset, text.bytes.count)]
    let lineStart = (before.lastIndex(of: 0x0A)).map { $0 + 1 } ?? 0
    var rest = scalar
    for _ in 0...skippedLines + before.count(where: { $0 == 0x0A }) {
      guard let end = rest.firstIndex(of: 0x0A) else { return host }
      rest = rest[(end + 1)...]
    }
    let line = text.bytes[lineStart...].prefix { $0 != 0x0A }
    let hostLine = rest.prefix { $0 != 0x0A }
    let indent = hostLine.count - line.count
    guard indent >= 0, hostLine.suffix(line.count).elementsEqual(line) else { return host }
    let start = hostLine.startIndex + indent + offset - lineStart
    let length = min(span.bytes.count, max(0, hostLine.endIndex - start))
    return SourceSpan(file: host.file, bytes: start..<start + length)
  }
}

extension FileRegistry {
  /// Diagnostics with all places in files that exist.
  func hosted(_ error: DiagnosticError) -> DiagnosticError {
    DiagnosticError(
      error.diagnostics.map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.span = diagnostic.span.map(hosted)
        diagnostic.related = diagnostic.related.map { related in
          var related = related
          related.span = hosted(related.span)
          return related
        }
        return diagnostic
      })
  }
}
