/// An RSA private key, as PEM text holds it.
///
/// Decryption is plain modular arithmetic: quick enough for the few secrets of a configuration, and
/// not hardened against someone who can time the process.
struct RSAPrivateKey {
  let modulus: Natural
  let exponent: Natural

  struct Failure: Error {
    var message: String
  }

  /// Longer keys than any in use would only take time.
  private static let maximumBits = 16_384

  /// Reads the first key of a PEM text: `RSA PRIVATE KEY` or `PRIVATE KEY`.
  init(pem: String) throws(Failure) {
    guard let (label, headers, bytes) = Self.block(pem) else {
      throw Failure(message: "ssh: no key found")
    }
    if headers.contains(where: { $0.contains("ENCRYPTED") }) || label == "ENCRYPTED PRIVATE KEY" {
      throw Failure(message: "ssh: this private key is passphrase protected")
    }
    var reader = DERReader(bytes)
    guard var fields = reader.sequence() else {
      throw Failure(message: "asn1: structure error: tags don't match")
    }
    switch label {
    case "RSA PRIVATE KEY": break
    case "PRIVATE KEY":
      // A version and an algorithm stand before the key itself.
      guard fields.integer() != nil, fields.skip(), let inner = fields.octets() else {
        throw Failure(message: "asn1: structure error: tags don't match")
      }
      var wrapped = DERReader(inner)
      guard let found = wrapped.sequence() else {
        throw Failure(message: "asn1: structure error: tags don't match")
      }
      fields = found
    default:
      throw Failure(message: "ssh: unsupported key type \(Quoting.goQuoted(label))")
    }
    guard fields.integer() != nil, let modulus = fields.integer(), fields.integer() != nil,
      let exponent = fields.integer(), !modulus.isZero, modulus.bitWidth <= Self.maximumBits
    else { throw Failure(message: "asn1: structure error: tags don't match") }
    self.modulus = modulus
    self.exponent = exponent
  }

  /// The label, header lines and contents of the first block.
  private static func block(_ pem: String) -> (String, [Substring], [UInt8])? {
    let lines = pem.split(omittingEmptySubsequences: false) { $0.isNewline }
    guard
      let start = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN ") && $0.hasSuffix("-----") })
    else { return nil }
    let label = String(lines[start].dropFirst(11).dropLast(5))
    guard let end = lines[start...].firstIndex(where: { $0.hasPrefix("-----END \(label)-----") })
    else { return nil }
    let body = lines[(start + 1)..<end]
    let headers = body.filter { $0.contains(":") }
    let text = body.filter { !$0.contains(":") }.joined()
    return Base64.decode(text.filter { !$0.isWhitespace }).map { (label, headers, $0) }
  }

  /// What was encrypted with the padding of PKCS #1, version 1.5; `nil` if that is not what it is.
  func decrypt(_ cipher: [UInt8]) -> [UInt8]? {
    let width = (modulus.bitWidth + 7) / 8
    guard cipher.count == width else { return nil }
    let number = cipher.reduce(Natural(0)) { $0.scaled(by: 256, adding: UInt64($1)) }
    guard number < modulus else { return nil }
    let plain = number.power(exponent, modulo: modulus)
    var bytes = [UInt8](repeating: 0, count: width)
    for index in 0..<width {
      let limb = index / 8
      guard limb < plain.limbs.count else { break }
      bytes[width - 1 - index] = UInt8(
        truncatingIfNeeded: plain.limbs[limb] >> UInt64(8 * (index % 8)))
    }
    // 0, 2, at least eight bytes that are not zero, 0, the message.
    guard bytes.starts(with: [0, 2]),
      let zero = bytes[2...].firstIndex(of: 0), zero >= 10
    else { return nil }
    return Array(bytes[(zero + 1)...])
  }
}

/// Reads the parts of DER that keys are made of.
private struct DERReader {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { self.bytes = ArraySlice(bytes) }

  private mutating func contents(tag: UInt8?) -> ArraySlice<UInt8>? {
    guard bytes.count >= 2, let first = bytes.first, tag == nil || first == tag else { return nil }
    var rest = bytes.dropFirst()
    var length = Int(rest.removeFirst())
    if length >= 0x80 {
      let count = length & 0x7F
      guard (1...4).contains(count), rest.count >= count else { return nil }
      length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(count)
    }
    guard length <= rest.count else { return nil }
    bytes = rest.dropFirst(length)
    return rest.prefix(length)
  }

  mutating func sequence() -> DERReader? { contents(tag: 0x30).map { DERReader($0) } }
  mutating func octets() -> ArraySlice<UInt8>? { contents(tag: 0x04) }
  mutating func skip() -> Bool { contents(tag: nil) != nil }

  mutating func integer() -> Natural? {
    contents(tag: 0x02).map { $0.reduce(Natural(0)) { $0.scaled(by: 256, adding: UInt64($1)) } }
  }
}

extension Natural {
  /// The remainder of a power.
  func power(_ exponent: Natural, modulo modulus: Natural) -> Natural {
    var result = Natural(1).divided(by: modulus).remainder
    for index in (0..<exponent.bitWidth).reversed() {
      result = (result * result).divided(by: modulus).remainder
      if exponent.bit(index) { result = (result * self).divided(by: modulus).remainder }
    }
    return result
  }
}
