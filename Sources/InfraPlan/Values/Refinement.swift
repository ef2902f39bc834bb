/// What is known of a value that is itself unknown.
struct Refinement: Hashable, Sendable {
  struct Bound: Hashable, Sendable {
    var number: Number
    var isInclusive: Bool
  }

  var isNotNull = false
  var prefix = ""
  var lower: Bound?
  var upper: Bound?
  var minimumLength: Int?
  var maximumLength: Int?

  static let notNull = Refinement(isNotNull: true)

  init(
    isNotNull: Bool = false, prefix: String = "", minimumLength: Int? = nil,
    maximumLength: Int? = nil
  ) {
    self.isNotNull = isNotNull
    self.prefix = prefix
    self.minimumLength = minimumLength
    self.maximumLength = maximumLength
  }
}

extension Value {
  /// The value refined as not null; known values are returned as they are.
  var refinedNotNull: Value {
    guard case .unknown(var refinement) = content, type != .dynamic else { return self }
    refinement.isNotNull = true
    return Value(type, .unknown(refinement), marks: marks)
  }

  /// Whether the value can still turn out to be null.
  var mayBeNull: Bool {
    switch content {
    case .null: true
    case .unknown(let refinement): !refinement.isNotNull
    default: false
    }
  }

  /// What text a string certainly starts with, as far as later text cannot change its characters.
  static func safePrefix(_ text: String) -> String {
    // The last character may combine with what follows.
    guard let last = text.last else { return "" }
    let isSafe =
      last.isASCII && last != "\r" && (last.isPunctuation || last.isWhitespace)
      && !last.isNewline || text.isEmpty
    return isSafe ? text : String(text.dropLast())
  }

  /// The number of elements: the least and the most it can be.
  var lengthBounds: (lower: Int, upper: Int?) {
    switch content {
    case .elements(let elements):
      if type.isSet, elements.contains(where: { !$0.isWhollyKnown }) {
        return (min(1, elements.count), elements.count)
      }
      return (elements.count, elements.count)
    case .attributes(let values): return (values.count, values.count)
    case .unknown(let refinement):
      if case .tuple(let types) = type { return (types.count, types.count) }
      if case .object(let object) = type {
        return (object.attributes.count, object.attributes.count)
      }
      return (refinement.minimumLength ?? 0, refinement.maximumLength)
    default: return (0, nil)
    }
  }
}
