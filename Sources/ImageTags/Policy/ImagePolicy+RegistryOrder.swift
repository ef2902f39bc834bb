extension ImagePolicy {
  /// The order in which Flux's database holds tags: descending, bytewise.
  ///
  /// O(n log n). Tags of one image begin alike, so eight bytes after what all have in common decide
  /// nearly every comparison; reading them through `String` took four times as long.
  public static func registryOrder(_ tags: some Sequence<String>) -> [String] {
    let tags = Array(tags)
    let shared = sharedPrefixLength(tags)
    var keys = tags.enumerated().map { index, tag in
      var key: UInt64 = 0
      var count = 0
      for byte in tag.utf8.dropFirst(shared).prefix(8) {
        key = key << 8 | UInt64(byte)
        count += 1
      }
      return SortKey(bytes: count == 0 ? 0 : key << UInt64(8 * (8 - count)), index: index)
    }
    keys.sort { left, right in
      if left.bytes != right.bytes { return left.bytes > right.bytes }
      let (leftTag, rightTag) = (tags[left.index].utf8, tags[right.index].utf8)
      return rightTag.dropFirst(shared).lexicographicallyPrecedes(leftTag.dropFirst(shared))
    }
    return keys.map { tags[$0.index] }
  }

  private struct SortKey {
    /// The first bytes after the shared ones, the first of them the most significant.
    var bytes: UInt64
    var index: Int
  }

  private static func sharedPrefixLength(_ tags: [String]) -> Int {
    guard let first = tags.first else { return 0 }
    var length = first.utf8.count
    for tag in tags where length > 0 {
      length = zip(first.utf8.prefix(length), tag.utf8).prefix { $0 == $1 }.count
    }
    return length
  }
}
