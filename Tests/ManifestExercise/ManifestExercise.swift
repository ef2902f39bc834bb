internal import ManifestKit
internal import SourceText

/// Everything ManifestKit does with a file, and what must hold whatever the bytes.
///
/// Each promise is a function of its own; what breaks one is told, what traps or hangs is for the
/// caller to see. The tests run it over fixtures and their mutations, the fuzzer over anything.
public struct ManifestExercise: Sendable {
  /// A promise that some bytes break.
  public struct Breach: Error, CustomStringConvertible {
    /// Which promise, and how it was broken.
    public let description: String

    init(_ description: String) { self.description = description }
  }

  /// Whether an edit may be refused because of the layout it would have to be made in. True for
  /// anything that parses, false for files that people wrote.
  public var allowsRefusedLayouts: Bool

  /// The offset at which edits are tried; `nil` spreads them over the file.
  public var place: Int?

  /// Creates an exercise.
  public init(allowsRefusedLayouts: Bool, place: Int? = nil) {
    self.allowsRefusedLayouts = allowsRefusedLayouts
    self.place = place
  }

  /// Runs everything on some bytes.
  public func run(_ bytes: [UInt8]) throws(Breach) {
    let source = SourceFile(name: "", bytes: bytes)
    _ = try? YAMLStream(parsing: source, isStrict: true, repairs: true)
    guard let stream = try? YAMLStream(parsing: source) else { return }
    try spansNest(stream)
    _ = stream.comments
    try canonicalReadsBack(stream)
    try editsKeepTheRest(stream)
    try changesAreUndone(stream)
    patch(stream)
    check(stream)
  }

  /// Every node lies inside its parent and behind the sibling before it.
  func spansNest(_ stream: YAMLStream) throws(Breach) {
    for document in stream.documents {
      var pending = [document.root]
      while let node = pending.popLast() {
        guard node.range.upperBound <= stream.source.bytes.count else {
          throw Breach("a node ends behind the file: \(node.range)")
        }
        var end = node.range.lowerBound
        for child in Array(node.elements) + node.entries.flatMap({ [$0.key, $0.value] }) {
          let range = child.rangeWithProperties
          guard range.lowerBound >= end, range.upperBound <= node.range.upperBound else {
            throw Breach("the node at \(range) is not inside \(node.range) behind \(end)")
          }
          end = range.upperBound
          pending.append(child)
        }
      }
    }
  }

  /// Canonical output means what was written, and is its own canonical form.
  func canonicalReadsBack(_ stream: YAMLStream) throws(Breach) {
    var tree = ValueTree()
    guard let roots = try? tree.add(documentsOf: stream),
      let text = try? CanonicalYAML.text(of: roots, in: tree)
    else { return }
    guard let again = try? YAMLStream(parsing: SourceFile(name: "", text: text)) else {
      throw Breach("canonical output does not parse:\n\(text)")
    }
    var other = ValueTree()
    guard let copies = try? other.add(documentsOf: again), copies.count == roots.count else {
      throw Breach("canonical output has other documents:\n\(text)")
    }
    for (root, copy) in zip(roots, copies)
    where !isChangedByPrinting(stream) && !tree.isEqual(root, copy, in: other) {
      throw Breach("canonical output means something else:\n\(text)")
    }
    guard (try? CanonicalYAML.text(of: copies, in: other)) == text else {
      throw Breach("canonical output has another canonical form:\n\(text)")
    }
  }

  /// Whether a stream has what Kustomize prints as another value: a date becomes text, a binary
  /// value the bytes it stands for, a large number with an octal's zeros a rounded one, an entry between brackets that is left out becomes empty text.
  private func isChangedByPrinting(_ stream: YAMLStream) -> Bool {
    var pending = stream.documents.map { ($0.root, false) }
    while let (node, isInFlow) = pending.popLast() {
      switch node.kind {
      case .scalar:
        let tag = ScalarTag(node.tag)
        let value = ScalarRules.kustomize.value(
          of: node.textBytes, tag: tag, isPlain: !node.style.isQuoted)
        if case .timestamp = value { return true }
        if case .float(let number) = value, number.magnitude >= 0x1p53 { return true }
        if tag == .binary || isInFlow && node.range.isEmpty { return true }
      case .alias: break
      case .mapping, .sequence:
        let inside = isInFlow || node.style == .flow
        for child in node.elements { pending.append((child, inside)) }
        for entry in node.entries { pending += [(entry.key, inside), (entry.value, inside)] }
      }
    }
    return false
  }
}
