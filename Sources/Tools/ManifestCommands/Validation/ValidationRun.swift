internal import ManifestKit
internal import SourceText
internal import ToolSupport

/// Validates files a piece at a time and several pieces at once; the results come in the order of the
/// input, and of pieces that are fine only their number is kept.
struct ValidationRun {
  /// What came of one piece.
  struct Outcome {
    /// The file's name.
    let source: String
    /// How many objects are valid without a word to say about them.
    var validCount = 0
    /// The other verdicts; all of them where that was asked for.
    var verdicts: [ManifestValidator.Verdict] = []
  }

  /// A piece that has been read and validated.
  private struct Piece: Sendable {
    let source: SourceFile
    let id: SourceFile.ID
    var stream: YAMLStream?
    var verdicts: [ManifestValidator.Verdict] = []
    var failure: [Diagnostic] = []
  }

  /// The tables that were given, asked before the built-in one.
  let given: [SchemaTable]
  let version: SchemaTable.KubernetesVersion
  let isStrict: Bool
  let notesUnevaluated: Bool
  /// Whether to keep every verdict.
  let keepsAll: Bool
  /// Whether to keep every stream in the input, for a look at all objects together.
  let keepsStreams: Bool
  let isPassedOver: (ManifestValidator.Verdict, String) -> Bool

  private let patterns = PatternCache()
  /// What is read before it is validated together.
  private static let batchBytes = 16 << 20
  private static let pieceBytes = 1 << 20
  private static let batchPieces = 256

  /// Validates everything below some paths.
  ///
  /// CustomResourceDefinitions may stand behind the objects they define: what has no schema at first
  /// is kept and looked at again in the end.
  func validate(_ paths: [String], _ input: inout ManifestInput) -> [Outcome] {
    var outcomes: [Outcome] = []
    var definitions: [YAMLStream] = []
    var pending: [(outcome: Int, stream: YAMLStream)] = []
    var batch: [Piece] = []
    var batchBytes = 0
    let progress = ValidationProgress()
    func finish(_ input: inout ManifestInput) {
      for piece in validated(batch, progress) {
        input.diagnostics += piece.failure
        var isKept = !piece.failure.isEmpty || keepsStreams
        if let stream = piece.stream {
          if keepsStreams { input.streams.append(stream) }
          if piece.verdicts.contains(where: \.isDefinition) { definitions.append(stream) }
          if piece.verdicts.contains(where: \.isUnknown) {
            pending.append((outcomes.count, stream))
            isKept = true
          }
        }
        let outcome = outcome(piece.source.name, piece.verdicts)
        isKept = isKept || !outcome.verdicts.isEmpty
        outcomes.append(outcome)
        if !isKept { input.files.drop(piece.id) }
      }
      batch = []
      batchBytes = 0
    }
    input.forEachPiece(paths, size: Self.pieceBytes) { input, source in
      batch.append(Piece(source: source, id: input.files.add(source)))
      batchBytes += source.bytes.count
      if batchBytes >= Self.batchBytes || batch.count >= Self.batchPieces { finish(&input) }
    }
    finish(&input)
    progress.clear()
    guard !definitions.isEmpty else { return outcomes }
    let table = SchemaTable(customResources: definitions.flatMap(\.documents))
    let validator = validator(given + [table])
    for (index, stream) in pending {
      let verdicts = stream.documents.flatMap { validator.verdicts(of: $0) }
      outcomes[index] = outcome(outcomes[index].source, verdicts)
    }
    return outcomes
  }

  private func outcome(_ source: String, _ verdicts: [ManifestValidator.Verdict]) -> Outcome {
    var outcome = Outcome(source: source)
    for verdict in verdicts where !isPassedOver(verdict, source) {
      if !keepsAll, case .valid(_, warnings: []) = verdict {
        outcome.validCount += 1
      } else {
        outcome.verdicts.append(verdict)
      }
    }
    return outcome
  }

  private func validator(_ tables: [SchemaTable]) -> ManifestValidator {
    var validator = ManifestValidator(
      schemas: tables + [.kubernetes(version)], isStrict: isStrict)
    let patterns = patterns
    validator.matches = { patterns.matches($0, $1) }
    validator.notesUnevaluated = notesUnevaluated
    return validator
  }

  /// Reads and validates the pieces of a batch, on all cores.
  private func validated(_ batch: [Piece], _ progress: ValidationProgress) -> [Piece] {
    let validator = validator(given)
    let isStrict = isStrict
    @Sendable func validated(_ piece: Piece) -> Piece {
      var piece = piece
      do throws(DiagnosticError) {
        let stream = try YAMLStream(parsing: piece.source, file: piece.id, isStrict: isStrict)
        piece.stream = stream
        piece.verdicts = stream.documents.flatMap { validator.verdicts(of: $0) }
      } catch {
        piece.failure = error.diagnostics
      }
      progress.add(piece.verdicts.count)
      return piece
    }
    return ParallelMap.map(batch, validated)
  }
}

extension ManifestValidator.Verdict {
  /// Whether no schema of the object's kind is known.
  fileprivate var isUnknown: Bool {
    if case .unknownKind = self { return true }
    return false
  }

  /// Whether the object defines a kind itself.
  fileprivate var isDefinition: Bool {
    switch self {
    case .valid(let id, _), .invalid(let id, _, _), .unknownKind(let id, _):
      id.kind.kind == "CustomResourceDefinition"
    case .notAnObject: false
    }
  }
}
