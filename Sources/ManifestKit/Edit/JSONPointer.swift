/// A place inside a JSON or YAML value (RFC 6901).
public struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
  /// The unescaped keys and indexes, from the root.
  public var tokens: [String]

  /// Creates a pointer from its unescaped parts.
  public init(_ tokens: [String]) { self.tokens = tokens }

  /// Reads the text form; `nil` where it neither is empty nor starts with `/`, or has a `~` that
  /// neither `0` nor `1` follows.
  public init?(_ text: String) {
    guard !text.isEmpty else {
      tokens = []
      return
    }
    guard text.hasPrefix("/") else { return nil }
    var result: [String] = []
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let token = Self.unescaped(part) else { return nil }
      result.append(token)
    }
    tokens = result
  }

  private static func unescaped(_ part: Substring) -> String? {
    guard part.utf8.contains(UInt8(ascii: "~")) else { return String(part) }
    var result: [UInt8] = []
    var bytes = part.utf8.makeIterator()
    while let byte = bytes.next() {
      guard byte == UInt8(ascii: "~") else {
        result.append(byte)
        continue
      }
      switch bytes.next() {
      case UInt8(ascii: "0"): result.append(UInt8(ascii: "~"))
      case UInt8(ascii: "1"): result.append(UInt8(ascii: "/"))
      default: return nil
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text form, escaped.
  public var description: String {
    tokens.map { token in
      var text = "/"
      for character in token.unicodeScalars {
        switch character {
        case "~": text += "~0"
        case "/": text += "~1"
        default: text.unicodeScalars.append(character)
        }
      }
      return text
    }.joined()
  }

  /// The pointer one level deeper.
  public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }

  /// An array index as a pointer may spell it: digits without leading zeros.
  static func index(_ token: String) -> Int? {
    guard !token.isEmpty, token.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      token == "0" || !token.hasPrefix("0")
    else { return nil }
    return Int(token)
  }
}
