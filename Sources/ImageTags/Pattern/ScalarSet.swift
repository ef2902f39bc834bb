/// A set of Unicode scalars, as a class in a pattern describes it.
///
/// Membership of the 128 ASCII scalars is decided when the set is made and read from two words after.
struct ScalarSet: Sendable {
  enum Item: Sendable {
    case range(ClosedRange<UInt32>)
    case categories(Set<Unicode.GeneralCategory>, isNegated: Bool)
  }

  private let items: [Item]
  private let isNegated: Bool
  private let ignoresCase: Bool
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ items: [Item], isNegated: Bool, ignoresCase: Bool) {
    self.items = items
    self.isNegated = isNegated
    self.ignoresCase = ignoresCase
    for scalar: UInt32 in 0..<128 where decide(scalar) {
      if scalar < 64 { low |= 1 << scalar } else { high |= 1 << (scalar - 64) }
    }
  }

  @inline(__always)
  func contains(_ scalar: UInt32) -> Bool {
    if scalar < 64 { return low >> scalar & 1 == 1 }
    if scalar < 128 { return high >> (scalar - 64) & 1 == 1 }
    return decide(scalar)
  }

  private func decide(_ scalar: UInt32) -> Bool {
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
