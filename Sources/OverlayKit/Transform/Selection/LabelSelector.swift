/// A Kubernetes label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1,m<2`.
struct LabelSelector {
  private enum Requirement {
    case equal(String, Set<String>)
    case notEqual(String, Set<String>)
    case exists(String)
    case missing(String)
    case greater(String, Int)
    case less(String, Int)
  }

  private var requirements: [Requirement] = []

  /// Reads a selector; `nil` if it is malformed, or a key or value could be none of a label.
  init?(_ text: String) {
    guard let tokens = LabelSelectorTokens(text) else { return nil }
    var rest = tokens.all[...]
    while !rest.isEmpty {
      guard let requirement = Self.requirement(&rest) else { return nil }
      requirements.append(requirement)
      if rest.isEmpty { break }
      guard rest.popFirst() == .sign(","), !rest.isEmpty else { return nil }
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
      case .greater(let key, let bound): value(key).flatMap(Int.init).map { $0 > bound } ?? false
      case .less(let key, let bound): value(key).flatMap(Int.init).map { $0 < bound } ?? false
      }
    }
  }

  private typealias Tokens = ArraySlice<LabelSelectorTokens.Token>

  private static func requirement(_ rest: inout Tokens) -> Requirement? {
    let isNegated = rest.first == .sign("!")
    if isNegated { rest.removeFirst() }
    guard case .word(let key)? = rest.popFirst(), LabelSyntax.isKey(key) else { return nil }
    if isNegated { return .missing(key) }
    guard let next = rest.first, next != .sign(",") else { return .exists(key) }
    rest.removeFirst()
    switch next {
    case .sign("="), .sign("=="): return value(&rest).map { .equal(key, [$0]) }
    case .sign("!="): return value(&rest).map { .notEqual(key, [$0]) }
    case .word("in"): return values(&rest).map { .equal(key, $0) }
    case .word("notin"): return values(&rest).map { .notEqual(key, $0) }
    case .sign(">"): return value(&rest).flatMap(Int.init).map { .greater(key, $0) }
    case .sign("<"): return value(&rest).flatMap(Int.init).map { .less(key, $0) }
    default: return nil
    }
  }

  /// One value, which may be empty.
  private static func value(_ rest: inout Tokens) -> String? {
    guard let next = rest.first, next != .sign(",") else { return "" }
    guard case .word(let value) = next, LabelSyntax.isValue(value) else { return nil }
    rest.removeFirst()
    return value
  }

  /// Values in parentheses; nothing between them or between commas is an empty one.
  private static func values(_ rest: inout Tokens) -> Set<String>? {
    guard rest.popFirst() == .sign("(") else { return nil }
    var values: Set<String> = []
    while true {
      if case .word(let value)? = rest.first {
        guard LabelSyntax.isValue(value) else { return nil }
        values.insert(value)
        rest.removeFirst()
      } else {
        values.insert("")
      }
      switch rest.popFirst() {
      case .sign(","): continue
      case .sign(")"): return values
      default: return nil
      }
    }
  }
}

/// The words and signs of a label selector.
private struct LabelSelectorTokens {
  enum Token: Hashable {
    case word(String)
    case sign(String)
  }

  private static let signs = ["==", "!=", "=", "!", "(", ")", ",", ">", "<"]

  var all: [Token] = []

  /// Reads a text; `nil` for signs that are none.
  init?(_ text: String) {
    var rest = text.utf8[...]
    while let first = rest.first {
      if Self.isSpace(first) {
        rest.removeFirst()
      } else if let sign = Self.signs.first(where: { rest.starts(with: $0.utf8) }) {
        all.append(.sign(sign))
        rest = rest.dropFirst(sign.utf8.count)
      } else {
        let word = rest.prefix { byte in
          !Self.isSpace(byte) && !Self.signs.contains { $0.utf8.first == byte }
        }
        all.append(.word(String(Substring(word))))
        rest = rest.dropFirst(word.count)
      }
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

/// What Kubernetes allows as keys and values of labels.
private enum LabelSyntax {
  /// A name, with a domain and a slash before it or not.
  static func isKey(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return isName(parts[0])
    case 2: return isDomain(parts[0]) && isName(parts[1])
    default: return false
    }
  }

  static func isValue(_ text: String) -> Bool { text.isEmpty || isName(text.utf8[...]) }

  private static func isName(_ text: Substring.UTF8View) -> Bool {
    text.count <= 63 && isEnclosed(text, by: isAlphanumeric)
      && text.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
  }

  private static func isDomain(_ text: Substring.UTF8View) -> Bool {
    func isSmall(_ byte: UInt8) -> Bool {
      isAlphanumeric(byte) && !(0x41...0x5A).contains(byte)
    }
    return text.count <= 253
      && text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
        isEnclosed($0, by: isSmall) && $0.allSatisfy { isSmall($0) || $0 == UInt8(ascii: "-") }
      }
  }

  private static func isEnclosed(
    _ text: Substring.UTF8View, by isFine: (UInt8) -> Bool
  ) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    return isFine(first) && isFine(last)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
