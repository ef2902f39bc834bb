/// A Kubernetes label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
struct LabelSelector {
  private enum Requirement {
    case equal(String, Set<String>)
    case notEqual(String, Set<String>)
    case exists(String)
    case missing(String)
  }

  private var requirements: [Requirement] = []

  /// Reads a selector; `nil` if it is malformed.
  init?(_ text: String) {
    var rest = text[...]
    func skipSpace() { rest = rest.drop { $0 == " " || $0 == "\t" } }
    func word() -> String {
      skipSpace()
      let word = rest.prefix { !" \t,=!()".contains($0) }
      rest = rest.dropFirst(word.count)
      skipSpace()
      return String(word)
    }
    func take(_ sign: String) -> Bool {
      skipSpace()
      guard rest.hasPrefix(sign) else { return false }
      rest = rest.dropFirst(sign.count)
      return true
    }
    func values() -> Set<String>? {
      guard take("(") else { return nil }
      var values: Set<String> = []
      repeat { values.insert(word()) } while take(",")
      return take(")") ? values : nil
    }
    skipSpace()
    while !rest.isEmpty {
      if take("!") {
        let key = word()
        guard !key.isEmpty else { return nil }
        requirements.append(.missing(key))
      } else {
        let key = word()
        guard !key.isEmpty else { return nil }
        if take("!=") {
          requirements.append(.notEqual(key, [word()]))
        } else if take("==") || take("=") {
          requirements.append(.equal(key, [word()]))
        } else if rest.hasPrefix("in ") || rest.hasPrefix("in(") {
          rest = rest.dropFirst(2)
          guard let values = values() else { return nil }
          requirements.append(.equal(key, values))
        } else if rest.hasPrefix("notin ") || rest.hasPrefix("notin(") {
          rest = rest.dropFirst(5)
          guard let values = values() else { return nil }
          requirements.append(.notEqual(key, values))
        } else {
          requirements.append(.exists(key))
        }
      }
      skipSpace()
      if rest.isEmpty { break }
      guard take(",") else { return nil }
      skipSpace()
      if rest.isEmpty { return nil }
    }
  }

  /// Whether all requirements hold for the values that `value` gives.
  func matches(_ value: (String) -> String?) -> Bool {
    requirements.allSatisfy { requirement in
      switch requirement {
      case .equal(let key, let values): value(key).map(values.contains) ?? false
      case .notEqual(let key, let values): value(key).map { !values.contains($0) } ?? true
      case .exists(let key): value(key) != nil
      case .missing(let key): value(key) == nil
      }
    }
  }
}
