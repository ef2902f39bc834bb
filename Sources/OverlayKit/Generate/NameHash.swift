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
    // 0, 1, 3, a and e are g, h, k, m and t.
    let digits = Array("gh2k456789mbcdtf".utf8)
    var result: [UInt8] = []
    for byte in digest.prefix(5) {
      result.append(digits[Int(byte >> 4)])
      result.append(digits[Int(byte & 15)])
    }
    return String(decoding: result, as: UTF8.self)
  }
}
