public import SourceText

/// Changes to a YAML or JSON file that leave every other byte as it is.
///
///     var plan = EditPlan()
///     plan.set(try EditPath(parsing: "spec.replicas"), to: .integer(3))
///     let bytes = try plan.apply(to: file)
///
/// How things are written: a scalar's token is replaced and nothing around it; a string keeps the
/// quotes of the old one, or stays plain unless it would be read as something else; new entries
/// stand at the indentation of their siblings; line ends, byte order mark and a missing final
/// newline stay. A change that changes nothing gives back the same bytes.
public struct EditPlan: Sendable {
  /// What becomes of the comment lines right above an entry that is deleted.
  public enum CommentsAbove: String, Hashable, Sendable {
    /// They stay.
    case keep
    /// They go with the entry.
    case drop
  }

  /// One change.
  public enum Operation: Sendable {
    /// Sets the value of a key or element; a missing key is added, with missing mappings above it.
    case set(EditPath, JSONValue)
    /// Deletes a key or element; a missing key is no error.
    case delete(EditPath, CommentsAbove)
    /// Adds an element at the end of a sequence.
    case append(EditPath, JSONValue)
    /// Inserts an element before the one at an index.
    case insert(EditPath, at: Int, JSONValue)
  }

  /// Why a change cannot be made.
  public struct Failure: Error, Hashable, Sendable {
    /// What is wrong, with its place in the file where it has one.
    public let diagnostics: [Diagnostic]

    init(_ id: Diagnostic.ID, _ message: String, span: SourceSpan? = nil) {
      diagnostics = [Diagnostic(id, .error, message, span: span)]
    }

    init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  }

  /// Whether the strings `y` and `n` get quotes in new entries too, for readers to whom they are
  /// booleans.
  public var quotesShortBooleans = false

  /// The changes in order, each with the number of the document it is made in.
  public private(set) var operations: [(document: Int, operation: Operation)] = []

  /// Creates a plan without changes.
  public init() {}

  /// Adds a change.
  public mutating func add(_ operation: Operation, document: Int = 0) {
    operations.append((document, operation))
  }

  /// Adds: set a value.
  public mutating func set(_ path: EditPath, to value: JSONValue, document: Int = 0) {
    add(.set(path, value), document: document)
  }

  /// Adds: delete a key or element.
  public mutating func delete(
    _ path: EditPath, comments: CommentsAbove = .keep, document: Int = 0
  ) {
    add(.delete(path, comments), document: document)
  }

  /// Adds: append an element to a sequence.
  public mutating func append(_ value: JSONValue, to path: EditPath, document: Int = 0) {
    add(.append(path, value), document: document)
  }

  /// Adds: insert an element into a sequence.
  public mutating func insert(
    _ value: JSONValue, at index: Int, of path: EditPath, document: Int = 0
  ) {
    add(.insert(path, at: index, value), document: document)
  }

  /// The file's bytes after all changes; each change sees the result of those before it.
  ///
  /// The result is read again before it is given back: where a layout defeats the editor, the change
  /// fails with `edit-layout` and no bytes come out that say something else.
  ///
  /// O(bytes) for each of the changes of the document that has most of them. To change many scalars of one parsed file at once, collect the edits of
  /// ``edits(setting:to:)`` and apply them together.
  public func apply(
    to source: SourceFile, file: SourceFile.ID = SourceFile.ID(rawValue: 0)
  ) throws(Failure) -> [UInt8] {
    var stream: YAMLStream
    do {
      stream = try YAMLStream(parsing: source, file: file)
    } catch {
      throw Failure(error.diagnostics)
    }
    var pending = operations
    while !pending.isEmpty {
      // At most one change in each document, so that none depends on another of the round.
      var documents: Set<Int> = []
      let isFirst = pending.map { documents.insert($0.document).inserted }
      let round = zip(pending, isFirst).filter(\.1).map(\.0)
      pending = zip(pending, isFirst).filter { !$0.1 }.map(\.0)
      stream = try made(round[...], in: stream)
    }
    return stream.source.bytes
  }

  /// The file after changes in different documents; those that cannot be made together are made apart
  /// to find the one at fault.
  private func made(
    _ changes: ArraySlice<(document: Int, operation: Operation)>, in stream: YAMLStream
  ) throws(Failure) -> YAMLStream {
    var edits: [TextEdit] = []
    var made: [(document: Int, operation: Operation)] = []
    for (document, operation) in changes {
      let more = try Self.edits(
        operation, document: document, in: stream, quotesShortBooleans: quotesShortBooleans)
      if !more.isEmpty { made.append((document, operation)) }
      edits += more
    }
    guard let first = made.first else { return stream }
    if let bytes = try? TextEdit.apply(edits, to: stream.source.bytes),
      let result = try? YAMLStream(
        parsing: SourceFile(name: stream.source.name, bytes: bytes), file: stream.file),
      result.storage.documents.count == stream.storage.documents.count,
      made.allSatisfy({
        $0.operation.isMade(in: YAMLDocument(storage: result.storage, index: $0.document))
      })
    {
      return result
    }
    guard changes.count > 1 else {
      let root = YAMLDocument(storage: stream.storage, index: first.document).root
      let diagnostic = Diagnostic(
        "edit-layout", .error, "the change cannot be made in this layout",
        span: root[first.operation.path]?.span)
      throw Failure(SecretText.concealed([diagnostic], in: stream.source.bytes))
    }
    let middle = changes.startIndex + changes.count / 2
    return try self.made(changes[middle...], in: self.made(changes[..<middle], in: stream))
  }

  /// The edits that one change makes in a parsed file.
  public static func edits(
    _ operation: Operation, document: Int = 0, in stream: YAMLStream,
    quotesShortBooleans: Bool = false
  ) throws(Failure) -> [TextEdit] {
    guard stream.storage.documents.indices.contains(document) else {
      throw Failure(
        "no-such-document",
        "there is no document \(document); the file has \(stream.storage.documents.count)")
    }
    let editor = SpliceEditor(
      YAMLDocument(storage: stream.storage, index: document),
      quotesShortBooleans: quotesShortBooleans)
    switch operation {
    case .set(let path, let value): return try editor.set(path.steps, to: value)
    case .delete(let path, let comments): return try editor.delete(path.steps, comments)
    case .append(let path, let value): return try editor.append(value, to: path.steps)
    case .insert(let path, let index, let value):
      return try editor.insert(value, at: index, of: path.steps)
    }
  }

  /// The edits that give a scalar a new value, quoted as the old one where it can be; none if the
  /// value is the same.
  public static func edits(setting node: YAMLNode, to value: JSONValue) -> [TextEdit] {
    SpliceEditor(node.document).replaceScalar(node, with: value)
  }
}

extension YAMLNode {
  /// The document the node stands in. O(log documents).
  var document: YAMLDocument {
    var low = 0
    var high = storage.documents.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if storage.documents[middle].root <= index { low = middle } else { high = middle }
    }
    return YAMLDocument(storage: storage, index: low)
  }
}
