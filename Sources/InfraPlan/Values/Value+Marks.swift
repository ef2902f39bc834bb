extension Value {
  /// The value with more marks at this level.
  public func marked(_ more: Marks) -> Value {
    var copy = self
    copy.marks.formUnion(more)
    return copy
  }

  /// The value without the marks of this level; parts keep theirs.
  var unmarked: Value {
    var copy = self
    copy.marks = []
    return copy
  }

  /// The value without any marks, and all the marks it had.
  var unmarkedDeep: (value: Value, marks: Marks) {
    var found = marks
    guard hasMarkedParts else { return (unmarked, found) }
    switch content {
    case .elements(let elements):
      var plain: [Value] = []
      for element in elements {
        let (value, marks) = element.unmarkedDeep
        plain.append(value)
        found.formUnion(marks)
      }
      return (Value(type, .elements(plain)), found)
    case .attributes(let values):
      var plain: [String: Value] = [:]
      for (name, value) in values {
        let (bare, marks) = value.unmarkedDeep
        plain[name] = bare
        found.formUnion(marks)
      }
      return (Value(type, .attributes(plain)), found)
    default: return (unmarked, found)
    }
  }

  /// All marks of the value and its parts.
  var deepMarks: Marks {
    switch content {
    case .elements(let elements): elements.reduce(marks) { $0.union($1.deepMarks) }
    case .attributes(let values): values.values.reduce(marks) { $0.union($1.deepMarks) }
    default: marks
    }
  }

  private var hasMarkedParts: Bool {
    switch content {
    case .elements(let elements): elements.contains { !$0.deepMarks.isEmpty }
    case .attributes(let values): values.values.contains { !$0.deepMarks.isEmpty }
    default: false
    }
  }

  /// The value without one mark at any level.
  func removing(_ mark: Marks) -> Value {
    var copy: Value
    switch content {
    case .elements(let elements):
      copy = Value(type, .elements(elements.map { $0.removing(mark) }), marks: marks)
    case .attributes(let values):
      copy = Value(type, .attributes(values.mapValues { $0.removing(mark) }), marks: marks)
    default: copy = self
    }
    copy.marks.subtract(mark)
    return copy
  }
}
