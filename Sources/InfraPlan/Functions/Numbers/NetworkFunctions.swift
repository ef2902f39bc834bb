extension FunctionTable {
  /// Functions over IP address ranges.
  static var networkFunctions: [String: Function] {
    [
      "cidrhost": Function([.init("prefix", .string), .init("hostnum", .number)], returns: .string)
      {
        (arguments, _, _) throws(FunctionError) in
        let prefix = try AddressPrefix(arguments[0].stringValue ?? "")
        guard let host = arguments[1].numberValue?.truncated,
          arguments[1].numberValue?.isWhole == true
        else {
          throw FunctionError(
            "value must be a whole number, between -9223372036854775808 and 9223372036854775807",
            argument: 1)
        }
        let size = Natural.powerOfTwo(prefix.bits - prefix.length)
        guard let offset = position(of: host, among: size) else {
          throw FunctionError(
            "prefix of \(prefix.length) does not accommodate a host numbered \(host)")
        }
        let address = prefix.number + offset
        return .string(
          AddressPrefix.text(AddressPrefix.bytes(address, count: prefix.address.count)))
      },
      "cidrnetmask": Function([.init("prefix", .string)], returns: .string) {
        (arguments, _, _) throws(FunctionError) in
        let prefix = try AddressPrefix(arguments[0].stringValue ?? "")
        if prefix.isV6 {
          throw FunctionError(
            "IPv6 addresses cannot have a netmask: \(arguments[0].stringValue ?? "")")
        }
        return .string(
          AddressPrefix.text(AddressPrefix.masked([255, 255, 255, 255], prefix.length)))
      },
      "cidrsubnet": Function(
        [.init("prefix", .string), .init("newbits", .number), .init("netnum", .number)],
        returns: .string
      ) { (arguments, _, _) throws(FunctionError) in
        let prefix = try AddressPrefix(arguments[0].stringValue ?? "")
        let bits = try whole(arguments[1], 1)
        guard let number = arguments[2].numberValue?.truncated,
          arguments[2].numberValue?.isWhole == true
        else {
          throw FunctionError(
            "value must be a whole number, between -9223372036854775808 and 9223372036854775807",
            argument: 2)
        }
        return .string(try subnet(prefix, bits, number).text)
      },
      "cidrsubnets": Function(
        [.init("prefix", .string)], rest: .init("newbits", .number), returns: .list(.string)
      ) { (arguments, _, _) throws(FunctionError) in try subnets(arguments) },
    ]
  }

  /// The place of a number among so many; a negative one counts from the end.
  private static func position(of number: WholeNumber, among size: Natural) -> Natural? {
    let index =
      number.isNegative ? WholeNumber(isNegative: false, magnitude: size) + number : number
    return !index.isNegative && index.magnitude < size ? index.magnitude : nil
  }

  private static func subnet(
    _ prefix: AddressPrefix, _ newBits: Int, _ number: WholeNumber
  ) throws(FunctionError) -> AddressPrefix {
    let length = prefix.length + newBits
    guard length <= prefix.bits else {
      throw FunctionError(
        "insufficient address space to extend prefix of \(prefix.length) by \(newBits)")
    }
    guard let index = position(of: number, among: .powerOfTwo(max(0, newBits))) else {
      throw FunctionError(
        "prefix extension of \(newBits) does not accommodate a subnet numbered \(number)")
    }
    guard length >= 0 else {
      throw FunctionError(
        "insufficient address space to extend prefix of \(prefix.length) by \(newBits)")
    }
    let address = prefix.number + (index << (prefix.bits - length))
    let bytes = AddressPrefix.bytes(address, count: prefix.address.count)
    return AddressPrefix(
      address: AddressPrefix.masked(bytes, newBits < 0 ? prefix.length : length), length: length)
  }

  private static func subnets(_ arguments: [Value]) throws(FunctionError) -> Value {
    let prefix: AddressPrefix
    do throws(FunctionError) { prefix = try AddressPrefix(arguments[0].stringValue ?? "") } catch {
      throw FunctionError("invalid CIDR expression: \(error.message.dropFirst(25))", argument: 0)
    }
    var result: [Value] = []
    var next = prefix.number
    let end = prefix.number + (Natural.powerOfTwo(prefix.bits - prefix.length))
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
      let size = Natural.powerOfTwo(prefix.bits - length)
      let start =
        next.hasBits(below: prefix.bits - length)
        ? ((next >> (prefix.bits - length)) + Natural(1)) << (prefix.bits - length) : next
      guard start + size <= end else {
        throw FunctionError(
          "not enough remaining address space for a subnet with a prefix of \(length) bits after \(result.last?.stringValue ?? prefix.text)",
          argument: index)
      }
      next = start + size
      let bytes = AddressPrefix.bytes(start, count: prefix.address.count)
      result.append(.string(AddressPrefix(address: bytes, length: length).text))
    }
    return .list(.string, result)
  }
}
