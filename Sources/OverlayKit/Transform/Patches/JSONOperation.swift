internal import ManifestKit
internal import SourceText

/// One operation of a JSON patch, read the way the original's library reads it.
///
/// That library is more lenient than RFC 6902, and builds depend on it: a pointer's first segment is
/// dropped whatever it is, so that `spec/x` means `/x`; a missing `value` is null.
struct JSONOperation {
  enum Action: String {
    case add, remove, replace, move, copy, test
  }

  /// A pointer: its segments, or none for the whole document, which has no place to be put in.
  struct Pointer {
    let text: String
    let keys: [String]

    init(_ text: String) {
      self.text = text
      keys = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
        String($0.replacing("~1", with: "/").replacing("~0", with: "~"))
      }
    }
  }

  /// Why an operation cannot be read or applied.
  struct Failure: Error {
    let message: String
    /// The operation's place in the list.
    var index = 0
  }

  let action: Action
  let path: Pointer
  let from: Pointer?
  let value: JSONValue
  /// Whether the value's texts are spelled as Go spells them: a `test` compares spellings.
  private(set) var isSpelledAsGo = true

  /// Reads a list of operations.
  ///
  /// - Parameter source: The text that the value was read from, if it was JSON.
  static func operations(
    _ patch: JSONValue, source: [UInt8]? = nil
  ) throws(Failure) -> [JSONOperation] {
    guard case .array(let elements) = patch.kind else {
      throw Failure(message: "a JSON patch is a list of operations")
    }
    var operations: [JSONOperation] = []
    for (index, element) in elements.enumerated() {
      do throws(Failure) {
        var operation = try JSONOperation(element)
        if operation.action == .test, let source {
          operation.isSpelledAsGo = operation.value.isSpelledAsGo(in: source)
        }
        operations.append(operation)
      } catch {
        throw Failure(message: error.message, index: index)
      }
    }
    return operations
  }

  private init(_ json: JSONValue) throws(Failure) {
    guard case .object = json.kind else {
      throw Failure(message: "an operation is a mapping with 'op' and 'path'")
    }
    guard let name = json["op"]?.stringValue else {
      throw Failure(message: "an operation needs 'op'")
    }
    guard let action = Action(rawValue: name) else {
      let suggestion = Spelling.nearest(
        to: name, among: ["add", "remove", "replace", "move", "copy", "test"])
      throw Failure(
        message: "unknown operation '\(name)'"
          + (suggestion.map { "; did you mean '\($0)'?" } ?? ""))
    }
    self.action = action
    func pointer(_ field: String) throws(Failure) -> Pointer {
      guard let text = json[field]?.stringValue else {
        throw Failure(message: "'\(name)' needs '\(field)', a JSON pointer")
      }
      return Pointer(text)
    }
    path = try pointer("path")
    from = action == .move || action == .copy ? try pointer("from") : nil
    value = json["value"] ?? .null
    if let number = value.firstUnrepresentableNumber {
      throw Failure(message: "\(number) is beyond the largest number there is")
    }
  }
}

extension JSONValue {
  /// Whether all texts of the value are spelled as Go's JSON writer does.
  fileprivate func isSpelledAsGo(in source: [UInt8]) -> Bool {
    switch kind {
    case .string(let text):
      var spelling: [UInt8] = []
      GoJSON.writeQuoted(text, to: &spelling)
      return source[range].elementsEqual(spelling)
    case .array(let elements): return elements.allSatisfy { $0.isSpelledAsGo(in: source) }
    case .object(let members): return members.allSatisfy { $0.value.isSpelledAsGo(in: source) }
    default: return true
    }
  }

  /// A number whose magnitude no double has.
  fileprivate var firstUnrepresentableNumber: String? {
    switch kind {
    case .number(let text): return Double(text).map(\.isFinite) ?? false ? nil : text
    case .array(let elements):
      return elements.lazy.compactMap(\.firstUnrepresentableNumber).first
    case .object(let members):
      return members.lazy.compactMap(\.value.firstUnrepresentableNumber).first
    default: return nil
    }
  }
}
