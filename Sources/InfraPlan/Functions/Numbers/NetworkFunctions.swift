extension FunctionTable {
  /// Functions over IP address ranges.
  static var networkFunctions: [String: Function] {
    [
      "cidrhost": Function([.init("prefix", .string), .init("hostnum", .number)], returns: .string)
      {
        (arguments, _, _) throws(FunctionError) in
        let number = try anyWhole(arguments[1])
        return .string(try host(try AddressPrefix(arguments[0].stringValue ?? ""), number))
      },
      "cidrnetmask": Function([.init("prefix", .string)], returns: .string) {
        (arguments, _, _) throws(FunctionError) in
        let prefix = try AddressPrefix(arguments[0].stringValue ?? "")
        guard prefix.isV4 else {
          throw FunctionError(
            "IPv6 addresses cannot have a netmask: \(arguments[0].stringValue ?? "")")
        }
        let ones = [UInt8](repeating: 255, count: prefix.address.count)
        return .string(AddressPrefix.text(AddressPrefix.masked(ones, prefix.length)))
      },
      "cidrsubnet": Function(
        [.init("prefix", .string), .init("newbits", .number), .init("netnum", .number)],
        returns: .string
      ) { (arguments, _, _) throws(FunctionError) in
        let bits = try whole(arguments[1], nil)
        let number = try anyWhole(arguments[2])
        let prefix = try AddressPrefix(arguments[0].stringValue ?? "")
        return .string(try subnet(prefix, bits, number).text)
      },
      "cidrsubnets": Function(
        [.init("prefix", .string)], rest: .init("newbits", .number), returns: .list(.string)
      ) { (arguments, _, _) throws(FunctionError) in try subnets(arguments) },
    ]
  }

  /// A whole number of any size.
  private static func anyWhole(_ value: Value) throws(FunctionError) -> WholeNumber {
    guard let number = value.numberValue, number.isWhole, let whole = number.truncated else {
      throw FunctionError("value must be a whole number")
    }
    return whole
  }

  /// The address of a host; a negative number counts from the end.
  private static func host(
    _ prefix: AddressPrefix, _ number: WholeNumber
  ) throws(FunctionError) -> String {
    let last = WholeNumber(
      isNegative: false,
      magnitude: .distance(.powerOfTwo(prefix.bits - prefix.length), Natural(1)))
    var place = number
    var distance = number.magnitude
    if number.isNegative {
      distance = .distance(distance, Natural(1))
      place = last + WholeNumber(isNegative: true, magnitude: distance)
    }
    guard distance <= last.magnitude else {
      throw FunctionError(
        "prefix of \(prefix.length) does not accommodate a host numbered \(place)")
    }
    let shift = prefix.bits - (prefix.isV4 ? 32 : 128)
    return AddressPrefix.text(try prefix.inserting(place, shiftedBy: shift))
  }

  private static func subnet(
    _ prefix: AddressPrefix, _ newBits: Int, _ number: WholeNumber
  ) throws(FunctionError) -> AddressPrefix {
    let length = prefix.length.addingReportingOverflow(newBits).partialValue
    guard length <= prefix.bits, newBits <= prefix.bits else {
      throw FunctionError(
        "insufficient address space to extend prefix of \(prefix.length) by \(newBits)")
    }
    // Only the lowest word of the number is held against the limit, as in the original.
    let limit = newBits >= 0 && newBits < 64 ? UInt64(1) << UInt64(newBits) - 1 : UInt64.max
    guard (number.magnitude.limbs.first ?? 0) <= limit else {
      throw FunctionError(
        "prefix extension of \(newBits) does not accommodate a subnet numbered \(number)")
    }
    let shift = prefix.bits - max(length, -1)
    return AddressPrefix(
      address: try prefix.inserting(number, shiftedBy: shift), length: length)
  }

  private static func subnets(_ arguments: [Value]) throws(FunctionError) -> Value {
    let prefix: AddressPrefix
    do throws(FunctionError) { prefix = try AddressPrefix(arguments[0].stringValue ?? "") } catch {
      throw FunctionError("invalid CIDR expression: \(error.message.dropFirst(25))", argument: 0)
    }
    var result: [Value] = []
    var next = prefix.number
    // The end is one past a number that may be the last there is.
    let last = prefix.number | (UInt128(1) << UInt128(prefix.bits - prefix.length) &- 1)
    var isFull = false
    for index in arguments.indices.dropFirst() {
      let bits = try whole(arguments[index], index)
      if bits < 1 { throw FunctionError("must extend prefix by at least one bit", argument: index) }
      if bits > 32 {
        throw FunctionError("may not extend prefix by more than 32 bits", argument: index)
      }
      let length = prefix.length + bits
      if length > prefix.bits {
        throw FunctionError(
          "would extend prefix to \(length) bits, which is too long for an IPv\(prefix.isV6 ? 6 : 4) address",
          argument: index)
      }
      func exhausted(_ previous: String) -> FunctionError {
        FunctionError(
          "not enough remaining address space for a subnet with a prefix of \(length) bits after \(previous)",
          argument: index)
      }
      if prefix.isV6, prefix.isV4 { throw exhausted("<nil>") }
      let size = UInt128(1) << UInt128(prefix.bits - length)
      if result.isEmpty, prefix.number == 0 {
        // The original looks for the first subnet after the one before it, and there is none.
        let highest = AddressPrefix.bytes(.max, count: prefix.address.count)
        throw exhausted(
          AddressPrefix(address: AddressPrefix.masked(highest, length), length: length).text)
      }
      let (rounded, over) = next.addingReportingOverflow(size - 1)
      let start = rounded & ~(size - 1)
      let (end, _) = start.addingReportingOverflow(size - 1)
      guard !isFull, !over, end <= last, end >= start else {
        throw exhausted(result.last?.stringValue ?? prefix.text)
      }
      (next, isFull) = end.addingReportingOverflow(1)
      let bytes = AddressPrefix.bytes(start, count: prefix.address.count)
      result.append(.string(AddressPrefix(address: bytes, length: length).text))
    }
    return .list(.string, result)
  }
}
