internal import Crypto
internal import SourceText

extension FunctionTable {
  /// Digests, and identifiers made of them.
  static var hashFunctions: [String: Function] {
    func digest(_ hash: @escaping @Sendable ([UInt8]) -> [UInt8], base64: Bool = false) -> Function
    {
      Function([.init("str", .string)], returns: .string) { arguments, _, _ in
        let bytes = hash(Array((arguments[0].stringValue ?? "").utf8))
        return .string(base64 ? Base64.encode(bytes) : hexText(bytes))
      }
    }
    func file(_ hash: @escaping @Sendable ([UInt8]) -> [UInt8], base64: Bool = false) -> Function {
      Function([.init("path", .string)], returns: .string) {
        (arguments, _, table) throws(FunctionError) in
        let bytes = hash(try table.readBytes(arguments[0], isArgument: false))
        return .string(base64 ? Base64.encode(bytes) : hexText(bytes))
      }
    }
    return [
      "md5": digest(md5), "sha1": digest(sha1), "sha256": digest(sha256), "sha512": digest(sha512),
      "base64sha256": digest(sha256, base64: true), "base64sha512": digest(sha512, base64: true),
      "filemd5": file(md5), "filesha1": file(sha1), "filesha256": file(sha256),
      "filesha512": file(sha512), "filebase64sha256": file(sha256, base64: true),
      "filebase64sha512": file(sha512, base64: true),
      "uuid": Function([], returns: .string) { _, _, _ in .unknown(.string, .notNull) },
      "bcrypt": Function([.init("str", .string)], rest: .init("cost", .number), returns: .string) {
        _, _, _ in .unknown(.string, .notNull)
      },
      "uuidv5": uuidV5, "rsadecrypt": rsaDecrypt,
    ]
  }

  private static var rsaDecrypt: Function {
    let parameters: [Function.Parameter] = [
      .init("ciphertext", .string), .init("privatekey", .string, marked: true),
    ]
    return Function(parameters, returns: .string) { (arguments, _, _) throws(FunctionError) in
      let text = arguments[0].stringValue ?? ""
      guard let cipher = Base64.decode(text) else {
        throw FunctionError(
          "failed to decode input \(Quoting.goQuoted(text)): cipher text must be base64-encoded",
          argument: 0)
      }
      let key: RSAPrivateKey
      do throws(RSAPrivateKey.Failure) {
        key = try RSAPrivateKey(pem: arguments[1].stringValue ?? "")
      } catch {
        throw FunctionError("invalid private key: \(error.message)", argument: 1)
      }
      guard let plain = key.decrypt(cipher) else {
        throw FunctionError("failed to decrypt: crypto/rsa: decryption error")
      }
      return Value.string(String(decoding: plain, as: UTF8.self)).marked(arguments[1].marks)
    }
  }

  private static let md5: @Sendable ([UInt8]) -> [UInt8] = { Array(Insecure.MD5.hash(data: $0)) }
  private static let sha1: @Sendable ([UInt8]) -> [UInt8] = { Array(Insecure.SHA1.hash(data: $0)) }
  private static let sha256: @Sendable ([UInt8]) -> [UInt8] = { Array(SHA256.hash(data: $0)) }
  private static let sha512: @Sendable ([UInt8]) -> [UInt8] = { Array(SHA512.hash(data: $0)) }

  static func hexText(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static var uuidV5: Function {
    Function([.init("namespace", .string), .init("name", .string)], returns: .string) {
      (arguments, _, _) throws(FunctionError) in
      let given = arguments[0].stringValue ?? ""
      let known: [String: UInt8] = ["dns": 0x10, "url": 0x11, "oid": 0x12, "x500": 0x14]
      var space: [UInt8]
      if let last = known[given] {
        space = [
          0x6B, 0xA7, 0xB8, last, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0, 0xC0, 0x4F, 0xD4, 0x30,
          0xC8,
        ]
      } else {
        space = try identifier(given)
      }
      space += Array((arguments[1].stringValue ?? "").utf8)
      var id = Array(sha1(space)[..<16])
      id[6] = id[6] & 0x0F | 0x50
      id[8] = id[8] & 0x3F | 0x80
      let text = hexText(id)
      var result = ""
      for (index, character) in text.enumerated() {
        if [8, 12, 16, 20].contains(index) { result.append("-") }
        result.append(character)
      }
      return .string(result)
    }
  }

  /// The bytes of an identifier in any of its spellings: plain, without hyphens, as a URN, or
  /// between brackets.
  private static func identifier(_ text: String) throws(FunctionError) -> [UInt8] {
    func failure(_ what: String) -> FunctionError {
      FunctionError("uuidv5() doesn't support namespace \(text) (\(what))")
    }
    var bytes = Array(text.utf8)[...]
    switch bytes.count {
    case 32, 36: break
    case 38: bytes = bytes.dropFirst().dropLast()
    case 45:
      let prefix = String(decoding: bytes.prefix(9), as: UTF8.self)
      guard prefix.lowercased() == "urn:uuid:" else {
        throw failure("invalid urn prefix: \(Quoting.goQuoted(prefix))")
      }
      bytes = bytes.dropFirst(9)
    default: throw failure("invalid UUID length: \(bytes.count)")
    }
    var digits = Array(bytes)
    if digits.count == 36 {
      guard [8, 13, 18, 23].allSatisfy({ digits[$0] == Byte.minus }) else {
        throw failure("invalid UUID format")
      }
      for place in [23, 18, 13, 8] { digits.remove(at: place) }
    }
    return try stride(from: 0, to: 32, by: 2).map { (index) throws(FunctionError) in
      guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16),
        digits[index] != UInt8(ascii: "+")
      else { throw failure("invalid UUID format") }
      return byte
    }
  }
}
