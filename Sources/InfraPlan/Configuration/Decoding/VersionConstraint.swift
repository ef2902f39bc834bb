/// Version constraints such as `>= 1.2, < 2.0`.
struct VersionConstraint {
  private struct Clause {
    var operation: String
    var numbers: [Int]
  }

  private let clauses: [Clause]

  /// `nil` where the text is not a constraint.
  init?(_ text: String) {
    var clauses: [Clause] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = part.drop { $0 == " " }
      let operation = String(trimmed.prefix { "=!<>~".contains($0) })
      guard ["", "=", "!=", ">", "<", ">=", "<=", "~>"].contains(operation) else { return nil }
      var version = trimmed.dropFirst(operation.count).drop { $0 == " " }
      while version.last == " " { version.removeLast() }
      if version.first == "v" { version.removeFirst() }
      let core = version.prefix { $0 != "-" && $0 != "+" }
      let pieces = core.split(separator: ".", omittingEmptySubsequences: false)
      let numbers = pieces.compactMap { Int($0) }
      guard !numbers.isEmpty, numbers.count == pieces.count else { return nil }
      clauses.append(Clause(operation: operation, numbers: numbers))
    }
    self.clauses = clauses
  }

  func allows(_ version: [Int]) -> Bool { clauses.allSatisfy { Self.holds($0, version) } }

  private static func compare(_ left: [Int], _ right: [Int]) -> Int {
    for index in 0..<max(left.count, right.count) {
      let first = index < left.count ? left[index] : 0
      let second = index < right.count ? right[index] : 0
      if first != second { return first < second ? -1 : 1 }
    }
    return 0
  }

  private static func holds(_ clause: Clause, _ version: [Int]) -> Bool {
    let order = compare(version, clause.numbers)
    switch clause.operation {
    case "!=": return order != 0
    case ">": return order > 0
    case "<": return order < 0
    case ">=": return order >= 0
    case "<=": return order <= 0
    case "~>":
      // All but the last given number are fixed.
      let fixed = clause.numbers.dropLast()
      return order >= 0 && version.prefix(fixed.count).elementsEqual(fixed)
    default: return order == 0
    }
  }
}
