/// An IP address range in CIDR notation.
struct AddressPrefix {
  /// The bytes of the first address: 4 or 16.
  var address: [UInt8]
  var length: Int

  var bits: Int { address.count * 8 }
  var isV6: Bool { address.count == 16 }

  init(address: [UInt8], length: Int) {
    self.address = address
    self.length = length
  }

  /// Reads `address/length`, host bits cleared.
  init(_ text: String) throws(FunctionError) {
    let failure = FunctionError("invalid CIDR expression: invalid CIDR address: \(text)")
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let bytes = Self.parse(String(parts[0])), let length = Int(parts[1]),
      length >= 0, length <= bytes.count * 8, parts[1].allSatisfy(\.isNumber)
    else { throw failure }
    address = bytes
    self.length = length
    address = Self.masked(address, length)
  }

  static func masked(_ address: [UInt8], _ length: Int) -> [UInt8] {
    address.enumerated().map { index, byte in
      let kept = min(8, max(0, length - index * 8))
      return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
    }
  }

  static func parse(_ text: String) -> [UInt8]? {
    text.contains(":") ? parseV6(text) : parseV4(text)
  }

  /// Leading zeros are tolerated and read as decimal.
  private static func parseV4(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard !part.isEmpty, part.utf8.allSatisfy(Byte.isDigit), let byte = UInt8(part) else {
        return nil
      }
      bytes.append(byte)
    }
    return bytes
  }

  private static func parseV6(_ text: String) -> [UInt8]? {
    let halves = text.components(separatedBy: "::")
    guard halves.count <= 2 else { return nil }
    func groups(_ half: String) -> [UInt8]? {
      if half.isEmpty { return [] }
      var bytes: [UInt8] = []
      let parts = half.split(separator: ":", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if part.contains("."), index == parts.count - 1 {
          guard let tail = parseV4(String(part)) else { return nil }
          bytes += tail
        } else {
          guard !part.isEmpty, part.count <= 4, let value = UInt16(part, radix: 16) else {
            return nil
          }
          bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
        }
      }
      return bytes
    }
    guard let head = groups(halves[0]) else { return nil }
    if halves.count == 1 { return head.count == 16 ? head : nil }
    guard let tail = groups(halves[1]), head.count + tail.count <= 14 else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  /// Whether the address is of version 4, be it written as one of version 6.
  var isV4: Bool {
    !isV6 || address[..<10].allSatisfy { $0 == 0 } && address[10] == 0xFF && address[11] == 0xFF
  }

  /// The first address as a number.
  var number: UInt128 { address.reduce(0) { $0 << 8 | UInt128($1) } }

  static func bytes(_ number: UInt128, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt128(8 * (count - 1 - $0))) }
  }

  /// The address with a number set in, so many bits from the right.
  ///
  /// A negative number has all bits before it set, and the address that gives is shown without its
  /// sign: that is how the original computes, and what it answers.
  func inserting(_ number: WholeNumber, shiftedBy shift: Int) throws(FunctionError) -> [UInt8] {
    let shifted = number.magnitude << shift
    guard shifted.bitWidth <= bits else {
      throw FunctionError.panic("runtime error: index out of range [-1]")
    }
    let inserted = shifted.limbs.enumerated().reduce(UInt128(0)) {
      $0 | UInt128($1.element) << UInt128(64 * $1.offset)
    }
    let result =
      number.isNegative ? ((inserted - 1) & ~self.number) + 1 : self.number | inserted
    return Self.bytes(result, count: address.count)
  }

  static func text(_ address: [UInt8]) -> String {
    if address.count == 4 { return address.map(String.init).joined(separator: ".") }
    let groups = stride(from: 0, to: 16, by: 2).map {
      UInt16(address[$0]) << 8 | UInt16(address[$0 + 1])
    }
    if groups[..<5].allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF {
      return address[12...].map(String.init).joined(separator: ".")
    }
    // The longest run of zeros is elided, the first of equal ones.
    var best = 0..<0
    var index = 0
    while index < 8 {
      var end = index
      while end < 8, groups[end] == 0 { end += 1 }
      if end - index > best.count, end - index >= 2 { best = index..<end }
      index = max(end, index + 1)
    }
    func join(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !best.isEmpty else { return join(0..<8) }
    return join(0..<best.lowerBound) + "::" + join(best.upperBound..<8)
  }

  /// Address and length; an address of version 4 that was written as one of version 6 is shown as
  /// the former.
  var text: String {
    if length < 0 { return "<nil>" }
    return Self.text(address) + "/\(isV6 && isV4 ? max(0, length - 96) : length)"
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
