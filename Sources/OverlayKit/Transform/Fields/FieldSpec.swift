internal import ManifestKit
internal import Synchronization

/// Which field of which kinds a transformer touches.
///
/// A class, since every resource is held against dozens of them: passing one on has to be cheap.
final class FieldSpec: Hashable, Sendable {
  /// The kinds; empty parts stand for any.
  let gvk: GroupVersionKind
  /// The path as it is written, without a slash at its start: the keys on the way, lists being entered
  /// without being named; `[]` after a key says that its value is a list.
  let text: String
  /// Whether the field is made where it is missing.
  let create: Bool
  /// Most of the built-in fields are of kinds that a build does not have, and are never taken apart.
  private let knownWay = AtomicLazyReference<Way>()

  /// A path as it is walked.
  private final class Way: Sendable {
    let steps: [Step]
    init(_ steps: [Step]) { self.steps = steps }
  }

  /// The path as it is walked.
  var steps: [Step] {
    if let way = knownWay.load() { return way.steps }
    return knownWay.storeIfNil(Way(Self.split(text).map(Step.init))).steps
  }

  /// One key of a path.
  struct Step: Hashable, Sendable {
    let key: String
    /// Whether the value must be a list.
    let isList: Bool
    var text: String { isList ? key + "[]" : key }

    init(_ text: String) {
      isList = text.hasSuffix("[]")
      key = isList ? String(text.dropLast(2)) : text
    }
  }

  init(_ path: String, _ gvk: GroupVersionKind = GroupVersionKind(), create: Bool = false) {
    // A leading slash is as good as none.
    text =
      path.utf8.count > 1 && path.utf8.first == UInt8(ascii: "/") ? String(path.dropFirst()) : path
    self.gvk = gvk
    self.create = create
  }

  convenience init(
    _ path: String, kind: String, group: String = "", version: String = "", create: Bool = false
  ) {
    self.init(
      path, GroupVersionKind(group: group, version: version, kind: kind), create: create)
  }

  static func == (left: FieldSpec, right: FieldSpec) -> Bool {
    left.text == right.text && left.gvk == right.gvk && left.create == right.create
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(gvk)
    hasher.combine(create)
  }

  /// Splits at slashes that no backslash precedes.
  private static func split(_ path: String) -> [String] {
    guard path.utf8.contains(UInt8(ascii: "\\")) else {
      var parts: [String] = []
      for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
        parts.append(String(Substring(part)))
      }
      return parts
    }
    var parts: [String] = []
    var current = ""
    var isEscaped = false
    for character in path {
      if isEscaped {
        if character != "/" { current.append("\\") }
        current.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "/" {
        parts.append(current)
        current = ""
      } else {
        current.append(character)
      }
    }
    if isEscaped { current.append("\\") }
    parts.append(current)
    return parts
  }

  /// Whether another spec adds nothing to this one, in the original's eyes: it is for the same
  /// field, and for the same or *more* kinds.
  func covers(_ other: FieldSpec) -> Bool { text == other.text && gvk.isSelected(by: other.gvk) }
}

extension [FieldSpec] {
  /// Adds specs that are not there yet. O(n) each, over short lists.
  mutating func merge(_ others: [FieldSpec]) throws(FieldSpecConflict) {
    for other in others {
      if let known = first(where: { $0.covers(other) }) {
        guard known.create == other.create else { throw FieldSpecConflict(path: other.text) }
      } else {
        append(other)
      }
    }
  }

  /// Specs in the order of their kinds; those for any kind come after those for a core kind.
  func sortedByKind() -> [FieldSpec] {
    let keyed = map { ($0, SortOrder.Key($0.gvk)) }
    return keyed.sorted { $0.1 < $1.1 }.map(\.0)
  }
}

/// Two specs of one field disagree on whether it is to be created.
struct FieldSpecConflict: Error {
  let path: String
}
