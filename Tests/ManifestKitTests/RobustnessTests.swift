import ManifestKit
import SourceText
import Testing

/// Whatever the bytes, there is an answer: a value or a diagnostic, never a crash.
@Suite struct RobustnessTests {
  private func exercise(_ bytes: [UInt8]) {
    let source = SourceFile(name: "", bytes: bytes)
    _ = try? YAMLStream(parsing: source, isStrict: true, repairs: true)
    guard let parsed = try? YAMLStream(parsing: source) else { return }
    _ = parsed.comments
    let validator = ManifestValidator()
    var tree = ValueTree()
    if let roots = try? tree.add(documentsOf: parsed) {
      _ = try? CanonicalYAML.text(of: roots, in: tree)
    }
    for document in parsed.documents {
      _ = validator.verdicts(of: document)
      for path in ["spec.replicas", "metadata.labels.app", "list[0]", "spec.template"] {
        guard let path = try? EditPath(parsing: path) else { continue }
        for operation in [
          EditPlan.Operation.set(path, .string("x")), .delete(path, .drop), .append(path, .null),
          .insert(path, at: 0, .bool(true)),
        ] {
          let edits = try? EditPlan.edits(operation, document: document.index, in: parsed)
          if let edits { _ = try? TextEdit.apply(edits, to: bytes) }
        }
      }
    }
    _ = ManifestSplit.parts(of: [parsed])
  }

  @Test func everyPrefix() {
    let bytes = Array(sampler.utf8)
    for length in 0...bytes.count { exercise(Array(bytes[..<length])) }
  }

  @Test(arguments: [
    0x00, 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x23, 0x26, 0x2A, 0x2D, 0x3A, 0x5B, 0x7B, 0xC3, 0xFF,
  ])
  func everyByteReplaced(byte: UInt8) {
    var bytes = Array(sampler.utf8)
    for index in bytes.indices {
      let old = bytes[index]
      bytes[index] = byte
      exercise(bytes)
      bytes[index] = old
    }
  }
}
