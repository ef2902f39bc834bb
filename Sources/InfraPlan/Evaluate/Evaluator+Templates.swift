internal import SourceText

extension Evaluator {
  private static let invalid = "Invalid template interpolation value"

  mutating func template(
    _ expression: Expression, _ parts: [Expression.Node.ID], _ scope: Scope
  ) -> Value {
    var text = ""
    var marks: Value.Marks = []
    var isKnown = true
    let mark = problems.count
    for id in parts {
      let part = expression.child(id)
      let value = evaluate(part, in: scope)
      if value.isNull {
        report(
          Self.invalid,
          "The expression result is null. Cannot include a null value in a string template.",
          at: part.span, in: expression.span, blaming: part, scope)
        continue
      }
      marks.formUnion(value.marks)
      guard value.isKnown else {
        if isKnown, value.type == .string, let prefix = value.refinement?.prefix { text += prefix }
        isKnown = false
        continue
      }
      do throws(ConversionError) {
        let piece = try value.unmarked.converted(to: .string)
        if isKnown, let string = piece.stringValue { text += string }
      } catch {
        report(
          Self.invalid, "Cannot include the given value in a string template: \(error.message).",
          at: part.span, in: expression.span, blaming: part, scope)
      }
      guard text.utf8.count <= EvaluationLimits.text else {
        report("Text too long", "The result of this template is too long.", at: expression.span)
        return .unknown(.string)
      }
    }
    if isKnown { return Value.string(text).marked(marks) }
    let isSound = problems.count == mark
    let known = isSound ? String(decoding: Array(text.utf8.prefix(128)), as: UTF8.self) : ""
    return Value.unknown(.string, Refinement(isNotNull: true, prefix: Value.safePrefix(known)))
      .marked(marks)
  }

  mutating func join(_ expression: Expression, _ tuple: Expression, _ scope: Scope) -> Value {
    let value = evaluate(tuple, in: scope)
    guard let elements = value.elements else { return .unknown(.string).marked(value.marks) }
    var text = ""
    var marks = value.marks
    for element in elements {
      if element.isNull {
        report(
          Self.invalid,
          "An iteration result is null. Cannot include a null value in a string template.",
          at: expression.span, blaming: expression, scope)
        continue
      }
      if element.type == .dynamic { return .unknown(.string).marked(value.marks) }
      do throws(ConversionError) {
        let piece = try element.converted(to: .string)
        guard let string = piece.stringValue else {
          return .unknown(.string).marked(value.marks)
        }
        marks.formUnion(piece.marks)
        text += string
      } catch {
        report(
          Self.invalid,
          "Cannot include one of the interpolation results into the string template: \(error.message).",
          at: expression.span, blaming: expression, scope)
      }
      guard text.utf8.count <= EvaluationLimits.text else {
        report("Text too long", "The result of this template is too long.", at: expression.span)
        return .unknown(.string)
      }
    }
    return Value.string(text).marked(marks)
  }
}
