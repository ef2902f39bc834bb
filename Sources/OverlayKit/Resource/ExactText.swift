internal import ManifestKit

/// A text that equals another only byte by byte, where Swift's own equality takes several ways to
/// write a character for one.
struct ExactText: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool {
    left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
  }
}

/// The identity of a resource, its texts compared byte by byte.
struct ExactID: Hashable {
  let id: ResourceID

  init(_ id: ResourceID) { self.id = id }

  static func == (left: ExactID, right: ExactID) -> Bool {
    left.id == right.id && ExactText(left.id.name) == ExactText(right.id.name)
      && ExactText(left.id.namespace) == ExactText(right.id.namespace)
  }
}

extension String {
  /// The parts between separators, found byte by byte.
  func parts(between separator: String) -> [String] {
    let (bytes, separator) = (Array(utf8), Array(separator.utf8))
    guard !separator.isEmpty else { return [self] }
    var parts: [String] = []
    var start = 0
    var index = 0
    while index + separator.count <= bytes.count {
      guard bytes[index...].starts(with: separator) else {
        index += 1
        continue
      }
      parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
      index += separator.count
      start = index
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts
  }
}
