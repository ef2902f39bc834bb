extension FunctionTable {
  /// Functions that search with patterns.
  static var searchFunctions: [String: Function] {
    ["regex": regex, "regexall": regexAll, "replace": replace]
  }

  private static func compiled(
    _ pattern: String, argument: Int?
  ) throws(FunctionError) -> RegularExpression {
    do throws(RegularExpression.SyntaxError) {
      return try RegularExpression(pattern)
    } catch {
      guard argument != nil else {
        throw FunctionError("error parsing regexp: \(error.message): `\(error.fragment)`")
      }
      throw FunctionError(
        "invalid regexp pattern: \(error.message)\(error.fragment.isEmpty ? "" : " in \(error.fragment)")",
        argument: argument)
    }
  }

  /// What a match looks like as a value: text, a tuple of groups, or an object of named groups.
  private static func resultType(_ pattern: Value) throws(FunctionError) -> ValueType {
    guard let text = pattern.stringValue else { return .dynamic }
    let names = try compiled(text, argument: 0).groupNames
    if names.isEmpty { return .string }
    let named = names.compactMap { $0 }
    if named.isEmpty { return .tuple(names.map { _ in .string }) }
    guard named.count == names.count else {
      throw FunctionError(
        "invalid regexp pattern: cannot mix both named and unnamed capture groups", argument: 0)
    }
    return .object(Dictionary(uniqueKeysWithValues: named.map { ($0, .string) }))
  }

  private static func value(
    _ match: [Int], _ text: [Unicode.Scalar], _ names: [String?]
  ) -> Value {
    func group(_ index: Int) -> Value {
      guard match[2 * index] >= 0, match[2 * index + 1] >= match[2 * index] else {
        return .null(.string)
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text[match[2 * index]..<match[2 * index + 1]])
      return .string(String(view))
    }
    if names.isEmpty { return group(0) }
    let named = names.compactMap { $0 }
    if named.isEmpty { return .tuple(names.indices.map { group($0 + 1) }) }
    return .object(
      Dictionary(
        uniqueKeysWithValues: named.enumerated().map { ($0.element, group($0.offset + 1)) }))
  }

  private static var regex: Function {
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      try resultType(arguments[0])
    }
    return Function([.init("pattern", .string), .init("string", .string)], type: rule) {
      (arguments, type, _) throws(FunctionError) in
      if type == .dynamic { return .unknown() }
      let expression = try compiled(arguments[0].stringValue ?? "", argument: 0)
      let text = Array((arguments[1].stringValue ?? "").unicodeScalars)
      guard let match = expression.firstMatch(in: text, from: 0) else {
        throw FunctionError("pattern did not match any part of the given string")
      }
      return value(match, text, expression.groupNames)
    }
  }

  private static var regexAll: Function {
    let rule: Function.TypeRule = { (arguments) throws(FunctionError) in
      .list(try resultType(arguments[0]))
    }
    return Function([.init("pattern", .string), .init("string", .string)], type: rule) {
      (arguments, type, _) throws(FunctionError) in
      let expression = try compiled(arguments[0].stringValue ?? "", argument: 0)
      let text = Array((arguments[1].stringValue ?? "").unicodeScalars)
      let values = expression.allMatches(in: text).map { value($0, text, expression.groupNames) }
      return .list(type.element ?? .string, values)
    }
  }

  private static var replace: Function {
    let parameters: [Function.Parameter] = [
      .init("str", .string), .init("substr", .string), .init("replace", .string),
    ]
    return Function(parameters, returns: .string) { (arguments, _, _) throws(FunctionError) in
      let text = arguments[0].stringValue ?? ""
      let pattern = arguments[1].stringValue ?? ""
      let replacement = arguments[2].stringValue ?? ""
      let bytes = pattern.utf8
      if bytes.count > 1, bytes.first == UInt8(ascii: "/"), bytes.last == UInt8(ascii: "/") {
        let expression = try compiled(String(pattern.dropFirst().dropLast()), argument: nil)
        return .string(try replaced(text, expression, replacement))
      }
      // At most every character, and the end, is replaced.
      if replacement.utf8.count > pattern.utf8.count {
        let most = text.utf8.count / max(1, pattern.utf8.count) + 1
        try EvaluationLimits.check(
          text: text.utf8.count
            + most.multipliedReportingOverflow(by: replacement.utf8.count).partialValue)
      }
      if pattern.isEmpty {
        let pieces = text.unicodeScalars.map { String(Character($0)) }
        return .string(replacement + pieces.map { $0 + replacement }.joined())
      }
      let parts = TextSearch.split(Array(text.utf8), Array(bytes))
      let joined = parts.map { Array($0) }.joined(separator: Array(replacement.utf8))
      return .string(String(decoding: Array(joined), as: UTF8.self))
    }
  }

  private static func replaced(
    _ text: String, _ expression: RegularExpression, _ replacement: String
  ) throws(FunctionError) -> String {
    let scalars = Array(text.unicodeScalars)
    var result: [Unicode.Scalar] = []
    var position = 0
    for match in expression.allMatches(in: scalars) {
      result.append(contentsOf: scalars[position..<match[0]])
      result.append(contentsOf: expand(replacement, match, scalars, expression.groupNames))
      position = match[1]
      try EvaluationLimits.check(text: result.count)
    }
    result += scalars[position...]
    return String(String.UnicodeScalarView(result))
  }

  /// The groups that a name in a replacement may mean: a number of at most eight digits without a
  /// leading zero, or all groups of that name.
  private static func groups(called name: String, _ names: [String?]) -> [Int] {
    let digits = name.utf8
    let isNumber =
      digits.count <= 8 && digits.allSatisfy { (0x30...0x39).contains($0) }
      && (digits.count == 1 || digits.first != 0x30)
    if isNumber, let number = Int(name) { return [number] }
    return names.indices.filter { names[$0] == name }.map { $0 + 1 }
  }

  /// `$1`, `$name`, `${name}` and `$$` in a replacement.
  private static func expand(
    _ template: String, _ match: [Int], _ text: [Unicode.Scalar], _ names: [String?]
  ) -> [Unicode.Scalar] {
    let scalars = Array(template.unicodeScalars)
    var result: [Unicode.Scalar] = []
    var index = 0
    func isName(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .decimalNumber:
        true
      default: scalar == "_"
      }
    }
    while index < scalars.count {
      guard scalars[index] == "$", index + 1 < scalars.count else {
        result.append(scalars[index])
        index += 1
        continue
      }
      if scalars[index + 1] == "$" {
        result.append("$")
        index += 2
        continue
      }
      let isBraced = scalars[index + 1] == "{"
      var end = index + (isBraced ? 2 : 1)
      let start = end
      while end < scalars.count, isName(scalars[end]) { end += 1 }
      guard end > start, !isBraced || end < scalars.count && scalars[end] == "}" else {
        result.append("$")
        index += 1
        continue
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start..<end])
      let name = String(view)
      let group = groups(called: name, names).first {
        $0 < match.count / 2 && match[2 * $0] >= 0
      }
      if let group { result += text[match[2 * group]..<match[2 * group + 1]] }
      index = end + (isBraced ? 1 : 0)
    }
    return result
  }
}
