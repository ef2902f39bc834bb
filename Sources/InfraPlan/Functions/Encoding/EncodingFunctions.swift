internal import CZlib

extension FunctionTable {
  /// Base64, URLs and character encodings.
  static var encodingFunctions: [String: Function] {
    [
      "base64encode": Function([.init("str", .string)], returns: .string) { arguments, _, _ in
        .string(Base64.encode(Array((arguments[0].stringValue ?? "").utf8)))
      },
      "base64decode": Function([.init("str", .string, marked: true)], returns: .string) {
        (arguments, _, _) throws(FunctionError) in
        let text = arguments[0].stringValue ?? ""
        guard let bytes = Base64.decode(text) else {
          throw FunctionError(
            "failed to decode base64 data \(redacted(Quoting.goQuoted(text), arguments[0]))")
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
          throw FunctionError("the result of decoding the provided string is not valid UTF-8")
        }
        return Value.string(decoded).marked(arguments[0].marks)
      },
      "base64gzip": Function([.init("str", .string)], returns: .string) {
        (arguments, _, _) throws(FunctionError) in
        guard let packed = gzip(Array((arguments[0].stringValue ?? "").utf8)) else {
          throw FunctionError("failed to write gzip raw data")
        }
        return .string(Base64.encode(packed))
      },
      "urlencode": Function([.init("str", .string)], returns: .string) { arguments, _, _ in
        .string(urlEncoded(arguments[0].stringValue ?? ""))
      },
      "textencodebase64": Function(
        [.init("string", .string), .init("encoding", .string)], returns: .string
      ) { (arguments, _, _) throws(FunctionError) in
        let name = arguments[1].stringValue ?? ""
        guard let encoding = CharacterEncoding(name) else { throw unknownEncoding(name) }
        guard let bytes = encoding.encode(arguments[0].stringValue ?? "") else {
          throw FunctionError(
            "the given string contains characters that cannot be represented in \(encoding.name)",
            argument: 0)
        }
        return .string(Base64.encode(bytes))
      },
      "textdecodebase64": Function(
        [.init("source", .string), .init("encoding", .string)], returns: .string
      ) { (arguments, _, _) throws(FunctionError) in
        let name = arguments[1].stringValue ?? ""
        guard let encoding = CharacterEncoding(name) else { throw unknownEncoding(name) }
        let text = arguments[0].stringValue ?? ""
        guard let bytes = Base64.decode(text) else {
          throw FunctionError(
            "the given value is has an invalid base64 symbol at offset \(Base64.firstInvalid(text))",
            argument: 0)
        }
        guard let decoded = encoding.decode(bytes) else {
          throw FunctionError(
            "the given string contains symbols that are not defined for \(encoding.name)",
            argument: 0)
        }
        return .string(decoded)
      },
    ]
  }

  private static func unknownEncoding(_ name: String) -> FunctionError {
    FunctionError(
      "\(Quoting.goQuoted(name)) is not a supported IANA encoding name or alias in this Terraform version",
      argument: 1)
  }

  private static func urlEncoded(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case Byte.space: result.append(UInt8(ascii: "+"))
      case _ where Byte.isLetter(byte) || Byte.isDigit(byte), Byte.minus, Byte.underscore, Byte.dot,
        Byte.tilde:
        result.append(byte)
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        result += ("%" + (byte < 16 ? "0" : "") + hex).utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The gzip form of some bytes, without a name or time in its header.
  ///
  /// As in the original the data are flushed before an empty last block ends them.
  private static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    let status = deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    var input = bytes
    var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
    let size: Int? = input.withUnsafeMutableBufferPointer { source in
      packed.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return deflate(&stream, Z_SYNC_FLUSH) == Z_OK && stream.avail_in == 0
          ? Int(stream.total_out) : nil
      }
    }
    guard let size else { return nil }
    let checksum = UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
    func little(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    let lastBlock: [UInt8] = [1, 0, 0, 0xFF, 0xFF]
    return header + packed[..<size] + lastBlock + little(checksum)
      + little(UInt32(truncatingIfNeeded: bytes.count))
  }
}

/// RFC 4648 base64.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let rest = min(3, bytes.count - index)
      var group = UInt32(bytes[index]) << 16
      if rest > 1 { group |= UInt32(bytes[index + 1]) << 8 }
      if rest > 2 { group |= UInt32(bytes[index + 2]) }
      for place in 0..<4 {
        output.append(
          place <= rest ? alphabet[Int(group >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
      }
      index += 3
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte) - 0x41
    case 0x61...0x7A: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  /// Line breaks are skipped, padding is required.
  static func decode(_ text: String) -> [UInt8]? {
    let bytes = text.utf8.filter { $0 != Byte.newline && $0 != Byte.carriageReturn }
    guard bytes.count % 4 == 0 else { return nil }
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      var group: UInt32 = 0
      var count = 0
      for place in 0..<4 {
        let byte = bytes[index + place]
        if byte == UInt8(ascii: "=") {
          let isTail =
            index + 4 == bytes.count && place >= 2
            && bytes[(index + place)..<(index + 4)].allSatisfy { $0 == UInt8(ascii: "=") }
          guard isTail else { return nil }
          group <<= 6
        } else {
          guard let bits = value(byte) else { return nil }
          group = group << 6 | bits
          count += 1
        }
      }
      for place in 0..<(count - 1) {
        output.append(UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * place)))
      }
      index += 4
    }
    return output
  }

  /// Where in a text that does not decode the fault is.
  static func firstInvalid(_ text: String) -> Int {
    let bytes = Array(text.utf8)
    var count = 0
    for (index, byte) in bytes.enumerated()
    where byte != Byte.newline && byte != Byte.carriageReturn {
      if value(byte) != nil {
        count += 1
        continue
      }
      guard byte == UInt8(ascii: "="), count % 4 >= 2 else { return index }
      // The padding ends the text.
      let rest = bytes.indices.dropFirst(index + 1).filter {
        bytes[$0] != Byte.newline && bytes[$0] != Byte.carriageReturn
      }
      let isWhole = count % 4 == 3
      guard !isWhole else { return rest.first ?? bytes.count }
      guard let second = rest.first else { return bytes.count }
      return bytes[second] == UInt8(ascii: "=") ? rest.dropFirst().first ?? bytes.count : second
    }
    return bytes.count - count % 4
  }
}
