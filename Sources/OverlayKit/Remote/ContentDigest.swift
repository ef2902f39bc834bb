internal import Crypto

/// The digest by which copies are known: `sha256:` and 64 hexadecimal digits.
enum ContentDigest {
  static func of(_ bytes: [UInt8]) -> String {
    "sha256:"
      + SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
