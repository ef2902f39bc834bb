/// Trees that are made of others by a few random changes; the same number gives the same tree.
public struct TreeMutator: Sendable {
  private let seeds: [[UInt8]]

  /// Words that mean something in a kustomization or to YAML.
  private static let words = [
    "resources:\n- a.yaml\n", "components: [c]\n", "namePrefix: p-\n", "nameSuffix: -s\n",
    "namespace: n1\n", "labels:\n- pairs: {a: b}\n  includeSelectors: true\n",
    "patches:\n- patch: |-\n    - {op: add, path: /metadata/annotations/x, value: y}\n",
    "replacements:\n- source: {kind: Service}\n  targets:\n  - select: {kind: Deployment}\n",
    "configMapGenerator: [{name: c, literals: [a=b], behavior: merge}]\n", "sortOptions:\n",
    "$patch: delete\n", "$retainKeys: [a]\n", "- *a\n", "&a ", "<<: *a\n", "---\n", "? ", "!!str ",
    "$(V)", "..", "/", "[0]", "[a=b]", ".*", "(", "\"", "'", "{", "}", "[", "]", "|", ">", ": ",
    "- ",
    "null", "true", "0x10", "1e400", "-0", "~", "\u{FEFF}", "\r\n", "\t", "\u{0}", "\u{2028}",
  ].map { Array($0.utf8) }

  /// Creates a mutator of some trees.
  public init(_ seeds: [[UInt8]]) { self.seeds = seeds }

  /// The tree of a number.
  public func tree(_ number: UInt64) -> [UInt8] {
    var random = SplitMix(state: number)
    guard var tree = seeds.randomElement(using: &random) else { return [] }
    for _ in 0..<Int.random(in: 1...6, using: &random) { change(&tree, &random) }
    return tree
  }

  private func change(_ tree: inout [UInt8], _ random: inout SplitMix) {
    guard !tree.isEmpty else { return }
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      tree[Int.random(in: tree.indices, using: &random)] = .random(in: 0...255, using: &random)
    case 1: tree.removeSubrange(piece(of: tree, &random))
    case 2:
      let copy = tree[piece(of: tree, &random)]
      tree.insert(contentsOf: copy, at: place(in: tree, &random))
    case 3:
      let other = seeds.randomElement(using: &random) ?? []
      guard !other.isEmpty else { return }
      tree.insert(contentsOf: other[piece(of: other, &random)], at: place(in: tree, &random))
    case 4:
      let word = Self.words.randomElement(using: &random) ?? []
      tree.insert(contentsOf: word, at: Int.random(in: 0...tree.count, using: &random))
    case 5:
      let range = piece(of: tree, &random)
      let word = Self.words.randomElement(using: &random) ?? []
      tree.replaceSubrange(range.lowerBound..<min(range.lowerBound + 4, tree.count), with: word)
    default:
      let word = Self.words.randomElement(using: &random) ?? []
      tree.insert(contentsOf: word, at: place(in: tree, &random))
    }
  }

  /// The beginning of a line.
  private func place(in tree: [UInt8], _ random: inout SplitMix) -> Int {
    let start = Int.random(in: 0...tree.count, using: &random)
    return tree[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  /// A few bytes, or a few lines.
  private func piece(of tree: [UInt8], _ random: inout SplitMix) -> Range<Int> {
    if Bool.random(using: &random) {
      let start = Int.random(in: tree.indices, using: &random)
      return start..<min(tree.count, start + Int.random(in: 1...40, using: &random))
    }
    let (first, second) = (place(in: tree, &random), place(in: tree, &random))
    return min(first, second)..<min(max(first, second), min(first, second) + 2000)
  }
}

/// A small generator of random numbers with a seed.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
