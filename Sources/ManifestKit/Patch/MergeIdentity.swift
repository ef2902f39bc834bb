/// What tells one item of a merging list from another: the value of its merge key, or the item itself
/// in a list of scalars.
///
/// Numbers are the same only where they are written as the same kind of number, as in Go: `80` is not
/// `80.0`.
struct MergeIdentity: Hashable {
  private let value: ScalarValue?
  private let text: ArraySlice<UInt8>

  /// The identity of a scalar.
  init(_ scalar: ValueTree.NodeID, in tree: ValueTree) {
    let value = tree.value(of: scalar, .kubernetes)
    if case .unsigned(let number) = value {
      self.value = .float(Double(number))
    } else {
      self.value = value
    }
    text = value == .string ? tree.textBytes(of: scalar) : []
  }
}

/// Where the items of a list are, by their identity.
struct MergeIndex {
  private var positions: [MergeIdentity: Int] = [:]

  /// Indexes a list; of equal items the first counts.
  init(_ identities: [MergeIdentity?]) {
    positions.reserveCapacity(identities.count)
    for (position, identity) in identities.enumerated() {
      if let identity { add(identity, at: position) }
    }
  }

  /// Adds an item unless there is an equal one.
  mutating func add(_ identity: MergeIdentity, at position: Int) {
    if positions[identity] == nil { positions[identity] = position }
  }

  /// The position of an item.
  subscript(identity: MergeIdentity?) -> Int? { identity.flatMap { positions[$0] } }
}
