internal import SourceText

/// Reads `count` and `for_each`: how many instances a block has, and under which keys.
enum Repetition: Equatable {
  case single
  case count(Int)
  /// Keys in order; the values are asked for by key.
  case keys([String])
  case unknown
}

extension Evaluator {
  /// The number that `count` gives; `nil` if it is wrong or not known.
  mutating func count(
    _ expression: Expression, _ resolver: some ReferenceResolver, allowsUnknown: Bool
  ) -> Repetition? {
    let mark = problems.count
    guard let scope = scope(for: [expression], resolver, EvaluationContext()) else { return nil }
    let value = evaluate(expression, in: scope)
    if problems[mark...].hasErrors { return nil }
    let summary = "Invalid count argument"
    func refuse(_ detail: String, _ evaluator: inout Evaluator) {
      evaluator.report(summary, detail, at: expression.span)
    }
    if value.isNull {
      refuse("The given \"count\" argument value is null. An integer is required.", &self)
      return nil
    }
    if value.marks.contains(.ephemeral) {
      refuse(
        "The given \"count\" is derived from an ephemeral value, which means that Terraform cannot persist it between plan/apply rounds. Use only non-ephemeral values to specify the number of resource instances.",
        &self)
      return nil
    }
    let number: Value
    do throws(ConversionError) {
      number = try value.converted(to: .number)
    } catch {
      report(
        "Incorrect value type", "Invalid expression value: \(error.message).", at: expression.span,
        blaming: expression, scope)
      return nil
    }
    guard number.isKnown else {
      if !allowsUnknown {
        refuse(
          "The \"count\" value depends on resource attributes that cannot be determined until apply, so Terraform cannot predict how many instances will be created. To work around this, use the -target argument to first apply only the resources that the count depends on.",
          &self)
        return nil
      }
      return .unknown
    }
    guard let count = number.numberValue?.int else {
      let detail =
        number.numberValue?.isWhole == true
        ? "value must be a whole number, between -9223372036854775808 and 9223372036854775807"
        : "value must be a whole number, between -9223372036854775808 and 9223372036854775807"
      refuse("The given \"count\" argument value is unsuitable: \(detail).", &self)
      return nil
    }
    guard count >= 0 else {
      refuse(
        "The given \"count\" argument value is unsuitable: must be greater than or equal to zero.",
        &self)
      return nil
    }
    return .count(count)
  }

  /// The map or set that `for_each` gives; `nil` if it is wrong.
  mutating func forEach(
    _ expression: Expression, _ resolver: some ReferenceResolver, allowsUnknown: Bool
  ) -> Value? {
    let mark = problems.count
    let explains = explainsProviderFunctions
    explainsProviderFunctions = false
    defer { explainsProviderFunctions = explains }
    guard let scope = scope(for: [expression], resolver, EvaluationContext()) else { return nil }
    let value = evaluate(expression, in: scope)
    if problems[mark...].hasErrors { return nil }
    func refuse(
      _ detail: String, _ evaluator: inout Evaluator, summary: String = "Invalid for_each argument"
    ) {
      evaluator.report(summary, detail, at: expression.span, blaming: expression, scope)
    }
    if value.marks.contains(.sensitive) {
      defer {
        problems[problems.count - 1].values = Observation.values(
          expression, scope, mentionsMarks: true)
      }
      refuse(
        "Sensitive values, or values derived from sensitive values, cannot be used as for_each arguments. If used, the sensitive value could be exposed as a resource instance key.",
        &self)
      return nil
    }
    if value.marks.contains(.ephemeral) {
      defer {
        problems[problems.count - 1].values = Observation.values(
          expression, scope, mentionsMarks: true)
      }
      refuse(
        "The given \"for_each\" value is derived from an ephemeral value, which means that Terraform cannot persist it between plan/apply rounds. Use only non-ephemeral values to specify a resource's instance keys.",
        &self)
      return nil
    }
    let type = value.type
    if value.isNull {
      refuse(
        "The given \"for_each\" argument value is unsuitable: the given \"for_each\" argument value is null. A map, or set of strings is allowed.",
        &self)
      return nil
    }
    if type == .dynamic, !value.isKnown {
      if allowsUnknown { return value }
    } else if !(type.isMap || type.isSet || type.isObject) {
      refuse(
        "The given \"for_each\" argument value is unsuitable: the \"for_each\" argument must be a map, or set of strings, and you have provided a value of type \(type.friendlyName).",
        &self)
      return nil
    }
    guard value.isKnown, !type.isSet || value.isWhollyKnown else {
      if allowsUnknown { return value }
      let what =
        type.isSet
        ? "set includes values derived from resource attributes that cannot be determined until apply"
        : "map includes keys derived from resource attributes that cannot be determined until apply"
      refuse(
        "The \"for_each\" \(what), and so Terraform cannot determine the full set of keys that will identify the instances of this resource.\n\nWhen working with unknown values in for_each, it's better to define the map keys statically in your configuration and place apply-time results only in the map values.\n\nAlternatively, you could use the -target planning option to first apply only the resources that the for_each value depends on, and then apply a second time to fully converge.",
        &self)
      return nil
    }
    if let element = type.element, type.isSet, !(value.elements ?? []).isEmpty {
      if element != .string {
        refuse(
          "The given \"for_each\" argument value is unsuitable: \"for_each\" supports maps and sets of strings, but you have provided a set containing type \(element.friendlyName).",
          &self, summary: "Invalid for_each set argument")
        return nil
      }
      if (value.elements ?? []).contains(where: \.isNull) {
        refuse(
          "The given \"for_each\" argument value is unsuitable: \"for_each\" sets must not contain null values.",
          &self, summary: "Invalid for_each set argument")
        return nil
      }
    }
    return value
  }
}
