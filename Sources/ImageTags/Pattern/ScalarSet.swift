/// A set of Unicode scalars, as a class in a pattern describes it.
///
/// Membership of the 128 ASCII scalars is decided when the set is made: see ``asciiMask``.
struct ScalarSet: Sendable {
  enum Item: Sendable {
    case range(ClosedRange<UInt32>)
    case categories(Set<Unicode.GeneralCategory>, isNegated: Bool)
  }

  private let items: [Item]
  private let isNegated: Bool
  private let ignoresCase: Bool
  /// A bit for each of the ASCII scalars: whether it is in the set.
  private(set) var asciiMask: (low: UInt64, high: UInt64) = (0, 0)

  init(_ items: [Item], isNegated: Bool, ignoresCase: Bool) {
    self.items = items
    self.isNegated = isNegated
    self.ignoresCase = ignoresCase
    for scalar: UInt32 in 0..<128 where contains(scalar) {
      if scalar < 64 {
        asciiMask.low |= 1 << scalar
      } else {
        asciiMask.high |= 1 << (scalar - 64)
      }
    }
  }

  /// Whether a scalar is in the set; for ASCII the mask says it faster.
  func contains(_ scalar: UInt32) -> Bool {
    let isFound =
      ignoresCase
      ? CaseFolding.variants(of: scalar).contains(where: itemsContain) : itemsContain(scalar)
    return isFound != isNegated
  }

  private func itemsContain(_ scalar: UInt32) -> Bool {
    items.contains {
      switch $0 {
      case .range(let range): return range.contains(scalar)
      case .categories(let categories, let isNegated):
        guard let scalar = Unicode.Scalar(scalar) else { return isNegated }
        return categories.contains(scalar.properties.generalCategory) != isNegated
      }
    }
  }
}

/// Letters that differ in case only.
enum CaseFolding {
  /// One scalar that stands for all its case variants.
  static func fold(_ scalar: UInt32) -> UInt32 {
    if scalar < 128 {
      return scalar >= 0x41 && scalar <= 0x5A ? scalar | 0x20 : scalar
    }
    guard let value = Unicode.Scalar(scalar) else { return scalar }
    let upper = single(value.properties.uppercaseMapping) ?? value
    return (single(upper.properties.lowercaseMapping) ?? upper).value
  }

  /// The scalar with its case variants.
  static func variants(of scalar: UInt32) -> [UInt32] {
    var variants = [scalar, fold(scalar)]
    if let value = Unicode.Scalar(scalar), let folded = Unicode.Scalar(fold(scalar)) {
      if let upper = single(value.properties.uppercaseMapping) { variants.append(upper.value) }
      if let upper = single(folded.properties.uppercaseMapping) { variants.append(upper.value) }
    }
    // The Kelvin sign and the long s fold to ASCII letters.
    if variants[1] == 0x6B { variants.append(0x212A) }
    if variants[1] == 0x73 { variants.append(0x17F) }
    return variants
  }

  private static func single(_ text: String) -> Unicode.Scalar? {
    text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
  }
}
