import Foundation
import TestSupport
import Testing

/// The rules about who may import whom, read from the sources themselves.
@Suite struct ArchitectureTests {
  static let libraries: [String: Set<String>] = [
    "SourceText": [],
    "ManifestKit": ["SourceText", "CLibYAML", "CZlib"],
    "ImageTags": ["SourceText"],
    "OverlayKit": ["SourceText", "ManifestKit", "ImageTags", "Crypto"],
    "InfraPlan": ["SourceText", "CLibYAML", "CZlib", "Crypto", "CryptoExtras", "BigInt"],
  ]
  static let platform: Set<String> = [
    "Swift", "Glibc", "Musl", "Darwin", "Synchronization", "RegexBuilder",
  ]

  @Test(arguments: libraries.keys.sorted())
  func librariesImportOnlyWhatTheDesignAllows(library: String) throws {
    let allowed = Self.libraries[library, default: []].union(Self.platform)
    var files = 0
    for file in Repository.files(below: "Sources/\(library)", withExtension: "swift") {
      // The client behind the trait Registry is a target of its own.
      if file.hasPrefix("Sources/ImageTags/Registry/") { continue }
      files += 1
      for module in try Self.imports(of: file) where !allowed.contains(module) {
        Issue.record("\(file) imports \(module)")
      }
    }
    #expect(files > 0)
  }

  @Test(arguments: libraries.keys.sorted())
  func targetsDependOnlyOnWhatTheDesignAllows(library: String) throws {
    let scratch = try TemporaryFolder()
    let dump = try BuiltTool.program(
      "swift", ["package", "--scratch-path", scratch.root, "dump-package"],
      in: Repository.root)
    #expect(dump.status == 0, "\(dump.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(dump.output.utf8))
    let targets = try #require((object as? [String: Any])?["targets"] as? [[String: Any]])
    let target = try #require(targets.first { $0["name"] as? String == library })
    let dependencies = try #require(target["dependencies"] as? [[String: Any]])
    for dependency in dependencies {
      let parts = dependency.values.compactMap { ($0 as? [Any])?.first as? String }
      let name = try #require(parts.first)
      #expect(Self.libraries[library, default: []].contains(name), "\(library) depends on \(name)")
    }
  }

  @Test func onlyTestsAndToolsMayKnowArgumentParser() throws {
    for file in Repository.files(below: "Sources", withExtension: "swift") {
      guard !file.hasPrefix("Sources/Tools/") else { continue }
      #expect(!(try Self.imports(of: file).contains("ArgumentParser")), "\(file)")
    }
  }

  @Test func noSourceImportsFoundation() throws {
    for file in Repository.files(below: "Sources", withExtension: "swift") {
      let imported = try Self.imports(of: file)
      #expect(!imported.contains("Foundation"), "\(file)")
      #expect(!imported.contains("FoundationEssentials"), "\(file)")
    }
  }

  private static func imports(of file: String) throws -> [String] {
    try Repository.text(file).split(separator: "\n").compactMap { line in
      var words = line.split(separator: " ").map(String.init)
      if let first = words.first, ["public", "internal", "package", "@_exported"].contains(first) {
        words.removeFirst()
      }
      guard words.first == "import", words.count >= 2 else { return nil }
      return words.last?.split(separator: ".").first.map(String.init)
    }
  }
}
