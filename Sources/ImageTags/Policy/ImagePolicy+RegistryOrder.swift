extension ImagePolicy {
  /// The order in which Flux's database holds tags: descending, bytewise.
  ///
  /// O(n log n). Tags of one image begin alike, so eight bytes after what all have in common decide
  /// nearly every comparison; reading them through `String` took four times as long.
  public static func registryOrder(_ tags: some Sequence<String>) -> [String] {
    let tags = Array(tags)
    let shared = sharedPrefixLength(tags)
    var keys: [SortKey] = []
    keys.reserveCapacity(tags.count)
    for (index, tag) in tags.enumerated() {
      var tag = tag
      let bytes = tag.withUTF8 { bytes in
        var key: UInt64 = 0
        for offset in shared..<(shared + 8) {
          key = key << 8 | UInt64(offset < bytes.count ? bytes[offset] : 0)
        }
        return key
      }
      keys.append(SortKey(bytes: bytes, index: index))
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
    let first = Array((tags.first ?? "").utf8)
    var length = first.count
    for var tag in tags where length > 0 {
      tag.withUTF8 { bytes in
        length = min(length, bytes.count)
        var same = 0
        while same < length, bytes[same] == first[same] { same += 1 }
        length = same
      }
    }
    return length
  }
}
