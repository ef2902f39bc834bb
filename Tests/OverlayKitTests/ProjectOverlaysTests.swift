import OverlayKit
import SourceText
import TestSupport
import Testing

/// The overlays of the reference project, as Kustomize builds them.
@Suite struct ProjectOverlaysTests {
  @Test(arguments: ["local", "staging", "prod"])
  func buildsAsTheOriginal(_ overlay: String) throws {
    let fixtures = Repository.root + "/Fixtures"
    let result = OverlayBuilder().build(fixtures + "/newproject/manifests/overlays/" + overlay)
    let expected = try LocalFileSystem().read(fixtures + "/OverlayKit/newproject/\(overlay).yaml")
    #expect(result.errors == [])
    #expect(result.text == String(decoding: expected, as: UTF8.self))
  }

  /// Damaged files give diagnostics, whatever the damage.
  @Test(arguments: ["kustomization.yaml", "daemons/api-rollout.yaml", "daemons/ingress.yaml"])
  func survivesDamage(_ name: String) throws {
    let root = Repository.root + "/Fixtures/newproject/manifests"
    let files = try Self.files(below: root)
    let path = "/overlays/staging/" + name
    let original = try #require(files[path])
    var generator = SplitMix(state: 42)
    for _ in 0..<150 {
      var bytes = original
      for _ in 0...Int(generator.next() % 3) {
        let position = Int(generator.next() % UInt64(bytes.count))
        switch generator.next() % 3 {
        case 0: bytes[position] = UInt8(truncatingIfNeeded: generator.next())
        case 1: bytes.remove(at: position)
        default:
          bytes.insert(
            Array("-:{}[]#&*!|>'\"%@ \n\t".utf8)[Int(generator.next() % 19)], at: position)
        }
      }
      var tree = MemoryFileSystem()
      for (path, bytes) in files { tree.add(path, bytes) }
      tree.add(path, bytes)
      let result = OverlayBuilder(fileSystem: tree).build("/overlays/staging")
      #expect((result.yaml == nil) == !result.errors.isEmpty)
    }
  }

  private static func files(below root: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var pending = [""]
    let local = LocalFileSystem()
    while let folder = pending.popLast() {
      for name in try local.list(root + folder) {
        let path = folder + "/" + name
        if local.kind(of: root + path) == .folder {
          pending.append(path)
        } else {
          files[path] = try local.read(root + path)
        }
      }
    }
    return files
  }
}

/// A generator of numbers that are the same in every run.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
