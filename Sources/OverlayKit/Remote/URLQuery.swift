/// The parameters behind the `?` of an entry, read as form values are.
struct URLQuery {
  private var values: [String: String] = [:]

  /// Reads a query. One that is malformed has no parameters at all, as with the original.
  init(_ text: Substring) {
    for part in text.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard !part.contains(";"), let name = Self.decoded(pair[0]),
        let value = Self.decoded(pair.count > 1 ? pair[1] : "")
      else {
        values = [:]
        return
      }
      // The first value of a name counts, also where it is empty.
      if values[name] == nil { values[name] = value }
    }
  }

  /// A parameter, where it has a value.
  subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// The text that `%` and `+` stand for.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        continue
      }
      guard let high = rest.popFirst(), let low = rest.popFirst(),
        let first = Character(UnicodeScalar(high)).hexDigitValue,
        let second = Character(UnicodeScalar(low)).hexDigitValue
      else { return nil }
      bytes.append(UInt8(first * 16 + second))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
