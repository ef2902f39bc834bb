extension FunctionTable {
  /// Functions over moments and durations.
  static var timeFunctions: [String: Function] {
    [
      "formatdate": Function([.init("format", .string), .init("time", .string)], returns: .string) {
        (arguments, _, _) throws(FunctionError) in
        let time = try moment(arguments[1], 1)
        return .string(try DateFormat.render(arguments[0].stringValue ?? "", time))
      },
      "timeadd": Function(
        [.init("timestamp", .string), .init("duration", .string)], returns: .string
      ) {
        (arguments, _, _) throws(FunctionError) in
        let time = try Timestamp(arguments[0].stringValue ?? "")
        let nanoseconds = try duration(arguments[1].stringValue ?? "")
        let total = time.nanosecond + nanoseconds % 1_000_000_000
        let carry = total < 0 ? -1 : total / 1_000_000_000
        let moved = Timestamp(
          seconds: time.seconds + nanoseconds / 1_000_000_000 + carry,
          nanosecond: (total % 1_000_000_000 + 1_000_000_000) % 1_000_000_000, offset: time.offset,
          isZulu: time.isZulu)
        return .string(moved.text)
      },
      "timecmp": Function(
        [.init("timestamp_a", .string), .init("timestamp_b", .string)], returns: .number
      ) {
        (arguments, _, _) throws(FunctionError) in
        let first = try moment(arguments[0], 0)
        let second = try moment(arguments[1], 1)
        let left = (first.seconds, first.nanosecond)
        let right = (second.seconds, second.nanosecond)
        return .count(left == right ? 0 : left < right ? -1 : 1)
      },
      "timestamp": Function([], returns: .string) { _, _, _ in .unknown(.string, .notNull) },
      "plantimestamp": Function([], returns: .string) { _, _, table in
        table.timestamp.map { .string($0) } ?? .unknown(.string, .notNull)
      },
    ]
  }

  private static func moment(_ value: Value, _ index: Int) throws(FunctionError) -> Timestamp {
    do throws(FunctionError) { return try Timestamp(value.stringValue ?? "") } catch {
      throw FunctionError(error.message, argument: index)
    }
  }

  /// A duration such as `1h30m`, in nanoseconds.
  private static func duration(_ text: String) throws(FunctionError) -> Int {
    let invalid = FunctionError("time: invalid duration \(Quoting.goQuoted(text))")
    var rest = text[...]
    var sign = 1
    if let first = rest.first, first == "-" || first == "+" {
      sign = first == "-" ? -1 : 1
      rest = rest.dropFirst()
    }
    if rest == "0" { return 0 }
    if rest.isEmpty { throw invalid }
    var total = 0.0
    while !rest.isEmpty {
      let whole = rest.prefix { $0.isASCII && $0.isNumber }
      let fraction =
        rest.dropFirst(whole.count).first == "."
        ? 1 + rest.dropFirst(whole.count + 1).prefix { $0.isASCII && $0.isNumber }.count : 0
      let digits = rest.prefix(whole.count + fraction)
      guard digits.contains(where: \.isNumber), let value = Double("0" + digits + "0") else {
        throw invalid
      }
      let amount = digits.contains(".") ? value : (Double(digits) ?? 0)
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
      if unit.isEmpty {
        throw FunctionError("time: missing unit in duration \(Quoting.goQuoted(text))")
      }
      let units: [Substring: Double] = [
        "ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9, "m": 6e10, "h": 3.6e12,
      ]
      guard let scale = units[unit] else {
        throw FunctionError(
          "time: unknown unit \(Quoting.goQuoted(String(unit))) in duration \(Quoting.goQuoted(text))"
        )
      }
      total += amount * scale
      rest = rest.dropFirst(unit.count)
    }
    guard total < 9.2e18 else { throw invalid }
    return sign * Int(total)
  }
}
