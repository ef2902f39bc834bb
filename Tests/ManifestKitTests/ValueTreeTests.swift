import ManifestKit
import SourceText
import Testing

@Suite struct ValueTreeTests {
  @Test func entriesCanBeSetAndRemoved() throws {
    var tree = ValueTree()
    let root = try tree.add(root("a: 1\nb: 2\nc: 3\n"))
    tree.set("b", in: root, to: tree.makeString("x"))
    tree.set("d", in: root, to: tree.makeInteger(4))
    #expect(tree.remove("c", from: root) != nil)
    #expect(tree.remove("c", from: root) == nil)
    #expect(tree.count(of: root) == 3)
    #expect(try CanonicalYAML.text(of: root, in: tree) == "a: 1\nb: x\nd: 4\n")
    tree.remove("d", from: root)
    tree.set("e", in: root, to: tree.makeNull())
    #expect(try CanonicalYAML.text(of: root, in: tree) == "a: 1\nb: x\ne: null\n")
  }

  @Test func elementsCanBeInsertedAndRemoved() throws {
    var tree = ValueTree()
    let list = try tree.add(root("[a, b]"))
    tree.insert(tree.makeString("x"), at: 0, of: list)
    tree.append(tree.makeBool(true), to: list)
    tree.removeElement(at: 1, of: list)
    #expect(try CanonicalYAML.text(of: list, in: tree) == "- x\n- b\n- true\n")
    #expect(tree.element(1, of: list).map { tree.text(of: $0) } == "b")
    #expect(tree.element(3, of: list) == nil)
  }

  @Test func copiesAreIndependent() throws {
    var tree = ValueTree()
    let root = try tree.add(root("a: {b: [1, 2]}\n"))
    let copy = tree.copy(root)
    let inner = try #require(tree.value(at: ["a", "b"], in: copy))
    tree.append(tree.makeInteger(3), to: inner)
    #expect(tree.value(at: ["a", "b"], in: root).map { tree.count(of: $0) } == 2)
    #expect(!tree.isEqual(root, copy))
    var other = ValueTree()
    let moved = other.copy(copy, from: tree)
    #expect(tree.isEqual(copy, moved, in: other))
  }

  @Test func stringsStayStringsWhateverTheySpell() throws {
    var tree = ValueTree()
    let text = tree.makeString("123")
    #expect(try CanonicalYAML.text(of: text, in: tree) == "\"123\"\n")
    #expect(tree.json(of: text).stringValue == "123")
  }

  @Test func originsAreKept() throws {
    var tree = ValueTree()
    let root = try tree.add(root("a: {b: 1}\n"), origin: 7)
    let inner = try #require(tree.value(at: ["a", "b"], in: root))
    #expect(tree.origin(of: inner) == 14)
    tree.setOriginOfSubtree(9, of: root)
    #expect(tree.origin(of: inner) == 9)
  }
}

/// Mappings with many keys are compared in time linear in them.
@Suite struct LargeMappingTests {
  @Test func equality() throws {
    let keys = (0..<50_000).map { "k\($0): \($0)\n" }
    var tree = ValueTree()
    let left = try tree.add(documentsOf: stream(keys.joined()))[0]
    let right = try tree.add(documentsOf: stream(keys.reversed().joined()))[0]
    let clock = ContinuousClock()
    let start = clock.now
    #expect(tree.isEqual(left, right))
    #expect(clock.now - start < .seconds(5))
  }

  @Test func mergeKeys() throws {
    let keys = (0..<50_000).map { "k\($0): \($0)" }.joined(separator: ", ")
    let clock = ContinuousClock()
    let start = clock.now
    var tree = ValueTree()
    let root = try tree.add(documentsOf: stream("a: &a {\(keys)}\nb: {<<: *a, k1: own}\n"))[0]
    #expect(tree.text(at: "b", "k1", in: root) == "own")
    #expect(tree.value("b", in: root).map { tree.count(of: $0) } == 50_000)
    #expect(clock.now - start < .seconds(5))
  }
}
