internal import SourceText

extension SchemaTable {
  /// The table as text that ``init(encoded:)`` reads: base64 of the zlib-compressed rows.
  public func encoded() -> String? { storage.rows.encoded() }

  /// Reads what ``encoded()`` wrote; `nil` for damaged text.
  public init?(encoded text: String) {
    guard let rows = SchemaRows(encoded: text) else { return nil }
    self.init(rows)
  }

  /// Names, one of each definition a table was made of, as text that ``decoded(names:)`` reads.
  public static func encoded(names: [String]) -> String? {
    let bytes = Array(names.joined(separator: "\n").utf8)
    return Zlib.deflate(bytes).map { String(bytes.count) + ":" + Base64.encode($0) }
  }

  /// Reads what ``encoded(names:)`` wrote; `nil` for damaged text.
  public static func decoded(names text: String) -> [String]? {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1)
    guard parts.count == 2, let size = Int(String(decoding: parts[0], as: UTF8.self)),
      let packed = Base64.decode(parts[1]), let names = Zlib.inflate(packed, size: size)
    else { return nil }
    return names.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension SchemaRows {
  fileprivate func encoded() -> String? {
    var words: [UInt32] = []
    let counts = [types.count, properties.count, lists.count, kinds.count, nameStarts.count]
    words += counts.map { UInt32($0) }
    for type in types { words += type.words }
    for property in properties { words += [property.name, property.type] }
    words += lists
    for kind in kinds { words += [kind.group, kind.version, kind.kind, kind.type, kind.scope] }
    words += nameStarts
    var bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
    bytes += nameBytes
    guard let packed = Zlib.deflate(bytes) else { return nil }
    return version + ":" + String(bytes.count) + ":" + Base64.encode(packed)
  }

  fileprivate init?(encoded text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 2)
    guard parts.count == 3, let size = Int(String(decoding: parts[1], as: UTF8.self)),
      let packed = Base64.decode(parts[2]), let bytes = Zlib.inflate(packed, size: size)
    else { return nil }
    self.init()
    version = String(decoding: parts[0], as: UTF8.self)
    var reader = WordReader(bytes: bytes)
    guard let counts = reader.words(5)?.map(Int.init),
      let typeWords = reader.words(counts[0] * TypeRow.wordCount),
      let propertyWords = reader.words(counts[1] * 2), let lists = reader.words(counts[2]),
      let kindWords = reader.words(counts[3] * 5), let starts = reader.words(counts[4])
    else { return nil }
    types = (0..<counts[0]).map { TypeRow(words: typeWords, at: $0 * TypeRow.wordCount) }
    properties = (0..<counts[1]).map {
      PropertyRow(name: propertyWords[$0 * 2], type: propertyWords[$0 * 2 + 1])
    }
    self.lists = lists
    kinds = (0..<counts[3]).map { index in
      KindRow(
        group: kindWords[index * 5], version: kindWords[index * 5 + 1],
        kind: kindWords[index * 5 + 2], type: kindWords[index * 5 + 3],
        scope: kindWords[index * 5 + 4])
    }
    nameStarts = starts
    nameBytes = Array(bytes[reader.position...])
    guard nameStarts.last.map(Int.init) == nameBytes.count else { return nil }
    indexKinds()
  }

  private struct WordReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func words(_ count: Int) -> [UInt32]? {
      guard count >= 0, position + count * 4 <= bytes.count else { return nil }
      let start = position
      position += count * 4
      return [UInt32](unsafeUninitializedCapacity: count) { buffer, initialized in
        for index in 0..<count {
          let at = start + index * 4
          buffer[index] =
            UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
            | UInt32(bytes[at + 3]) << 24
        }
        initialized = count
      }
    }
  }
}

extension SchemaRows.TypeRow {
  static let wordCount = 15

  var words: [UInt32] {
    [
      UInt32(kind.rawValue) | UInt32(format.rawValue) << 8 | UInt32(flags.rawValue) << 16,
      reference, items, additional, properties, propertyCount, required, requiredCount, mapKeys,
      mapKeyCount, choices, choiceCount, mergeKey, minimum, maximum,
    ]
  }

  init(words: [UInt32], at index: Int) {
    let head = words[index]
    kind = SchemaTable.Kind(rawValue: UInt8(head & 0xFF)) ?? .any
    format = SchemaTable.Format(rawValue: UInt8(head >> 8 & 0xFF)) ?? .other
    flags = SchemaTable.Flags(rawValue: UInt16(head >> 16))
    reference = words[index + 1]
    items = words[index + 2]
    additional = words[index + 3]
    properties = words[index + 4]
    propertyCount = words[index + 5]
    required = words[index + 6]
    requiredCount = words[index + 7]
    mapKeys = words[index + 8]
    mapKeyCount = words[index + 9]
    choices = words[index + 10]
    choiceCount = words[index + 11]
    mergeKey = words[index + 12]
    minimum = words[index + 13]
    maximum = words[index + 14]
  }
}
