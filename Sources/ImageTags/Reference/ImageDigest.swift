/// A content digest, `algorithm:hex`.
///
/// Accepted are `sha256` with 64 and `sha512` with 128 lower-case hexadecimal digits; what other
/// algorithms would mean, nothing here could check.
public struct ImageDigest: Hashable, Sendable, CustomStringConvertible {
  /// Why a text is not a digest.
  public enum ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not `algorithm:encoded`.
    case malformed
    /// An algorithm other than `sha256` and `sha512`.
    case unsupportedAlgorithm
    /// Not the number of digits the algorithm has.
    case wrongLength

    /// The reason in words.
    public var description: String {
      switch self {
      case .malformed: "malformed digest"
      case .unsupportedAlgorithm: "unsupported digest algorithm"
      case .wrongLength: "the digest has the wrong length"
      }
    }
  }

  /// The whole digest.
  public let description: String

  /// The algorithm's name.
  public var algorithm: Substring { description.prefix { $0 != ":" } }

  /// The hexadecimal digits.
  public var encoded: Substring { description[algorithm.endIndex...].dropFirst() }

  /// Reads a digest.
  public init(_ text: some StringProtocol) throws(ParseError) {
    let bytes = Array(text.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      colon + 1 < bytes.count
    else { throw .malformed }
    let encoded = bytes[(colon + 1)...]
    let size: Int
    switch String(decoding: bytes[..<colon], as: UTF8.self) {
    case "sha256": size = 64
    case "sha512": size = 128
    default: throw .unsupportedAlgorithm
    }
    guard encoded.count == size else { throw .wrongLength }
    guard encoded.allSatisfy({ $0.isDigit || $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f") })
    else { throw .malformed }
    self.description = String(text)
  }
}
