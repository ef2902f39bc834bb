internal import Crypto
internal import ManifestKit
internal import SourceText

/// The suffix that generated objects get: ten letters that change with the contents.
enum NameHash {
  /// The hash of an object: of its data for ConfigMaps and Secrets, of all of it for other kinds.
  static func suffix(of root: ValueTree.NodeID, in tree: ValueTree) -> String {
    let kind = tree.text(at: "kind", in: root) ?? ""
    func field(_ name: String) -> JSONValue {
      tree.value(name, in: root).map { json(of: $0, in: tree) } ?? .string("")
    }
    func isMapping(_ name: String) -> Bool {
      tree.value(name, in: root).map { tree.kind(of: $0) == .mapping } ?? false
    }
    var members: [(String, JSONValue)]
    switch kind {
    case "ConfigMap":
      members = [("kind", .string(kind)), ("name", .string("")), ("data", field("data"))]
      if isMapping("binaryData") { members.append(("binaryData", field("binaryData"))) }
    case "Secret":
      members = [
        ("kind", .string(kind)), ("type", field("type")), ("name", .string("")),
        ("data", field("data")),
      ]
      if isMapping("stringData") { members.append(("stringData", field("stringData"))) }
    default:
      members = tree.entries(of: root).map { (tree.text(of: $0.key), json(of: $0.value, in: tree)) }
    }
    var text: [UInt8] = []
    GoJSON.write(.object(members), to: &text)
    return encode(SHA256.hash(data: text))
  }

  private static func json(of node: ValueTree.NodeID, in tree: ValueTree) -> JSONValue {
    tree.json(of: node, .kustomize)
  }

  /// The first ten hexadecimal digits, those that could spell words replaced.
  private static func encode(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let replaced: [UInt8: UInt8] = [
      UInt8(ascii: "0"): UInt8(ascii: "g"), UInt8(ascii: "1"): UInt8(ascii: "h"),
      UInt8(ascii: "3"): UInt8(ascii: "k"), UInt8(ascii: "a"): UInt8(ascii: "m"),
      UInt8(ascii: "e"): UInt8(ascii: "t"),
    ]
    var result: [UInt8] = []
    for byte in digest.prefix(5) {
      for digit in [digits[Int(byte >> 4)], digits[Int(byte & 15)]] {
        result.append(replaced[digit] ?? digit)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// JSON as Go writes it: keys sorted, and `<`, `>`, `&`, U+2028 and U+2029 escaped.
enum GoJSON {
  static func write(_ value: JSONValue, to output: inout [UInt8]) {
    switch value.kind {
    case .null, .bool, .number: value.write(to: &output)
    case .string(let text): writeString(text, to: &output)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        write(element, to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        writeString(member.name, to: &output)
        output.append(UInt8(ascii: ":"))
        write(member.value, to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  private static func writeString(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\"".utf8
      case "\\": output += "\\\\".utf8
      case "\n": output += "\\n".utf8
      case "\r": output += "\\r".utf8
      case "\t": output += "\\t".utf8
      case "\u{8}": output += "\\b".utf8
      case "\u{C}": output += "\\f".utf8
      case "<", ">", "&", "\u{0}"..."\u{1F}", "\u{2028}", "\u{2029}":
        let hex = String(scalar.value, radix: 16)
        output += "\\u".utf8
        output += String(repeating: "0", count: 4 - hex.count).utf8
        output += hex.utf8
      default: output += String(scalar).utf8
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
