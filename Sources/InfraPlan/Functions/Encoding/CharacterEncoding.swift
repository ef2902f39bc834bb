/// The character encodings that `textencodebase64` knows, by their IANA names.
enum CharacterEncoding {
  case utf8
  case utf16(isLittle: Bool, hasMark: Bool)
  case ascii
  case latin1
  case windows1252

  init?(_ name: String) {
    switch name.lowercased() {
    case "utf-8", "csutf8": self = .utf8
    case "utf-16le": self = .utf16(isLittle: true, hasMark: false)
    case "utf-16be": self = .utf16(isLittle: false, hasMark: false)
    case "utf-16": self = .utf16(isLittle: false, hasMark: true)
    case "us-ascii", "iso646-us", "iso-ir-6", "ansi_x3.4-1968", "ansi_x3.4-1986",
      "iso_646.irv:1991", "us", "ibm367", "cp367", "csascii":
      self = .ascii
    case "iso-8859-1", "iso_8859-1", "iso_8859-1:1987", "iso-ir-100", "latin1", "l1", "ibm819",
      "cp819", "csisolatin1":
      self = .latin1
    case "windows-1252", "cswindows1252": self = .windows1252
    default: return nil
    }
  }

  /// The preferred spelling.
  var name: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16(let isLittle, let hasMark): hasMark ? "UTF-16" : isLittle ? "UTF-16LE" : "UTF-16BE"
    case .ascii: "US-ASCII"
    case .latin1: "ISO_8859-1:1987"
    case .windows1252: "windows-1252"
    }
  }

  private static let undefined: UInt32 = 0xFFFD

  /// What 0x80 to 0x9F stand for in windows-1252.
  private static let windowsHigh: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
    0x152, 0xFFFD, 0x17D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x2DC,
    0x2122, 0x161, 0x203A, 0x153, 0xFFFD, 0x17E, 0x178,
  ]

  /// The bytes, or `nil` if a character does not exist in the encoding.
  func encode(_ text: String) -> [UInt8]? {
    switch self {
    case .utf8: return Array(text.utf8)
    case .utf16(let isLittle, let hasMark):
      let units = (hasMark ? [0xFEFF] : []) + Array(text.utf16)
      return units.flatMap { unit in
        let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        return isLittle ? bytes.reversed() : bytes
      }
    case .ascii, .latin1, .windows1252:
      var bytes: [UInt8] = []
      for scalar in text.unicodeScalars {
        guard let byte = byte(of: scalar.value) else { return nil }
        bytes.append(byte)
      }
      return bytes
    }
  }

  private func byte(of value: UInt32) -> UInt8? {
    switch self {
    case .ascii: return value < 0x80 ? UInt8(value) : nil
    case .latin1: return value < 0x100 ? UInt8(value) : nil
    default:
      if value < 0x80 || (0xA0..<0x100).contains(value) { return UInt8(value) }
      if value == Self.undefined { return nil }
      return Self.windowsHigh.firstIndex(of: value).map { UInt8($0 + 0x80) }
    }
  }

  /// The text, or `nil` if the bytes mean nothing in the encoding.
  func decode(_ bytes: [UInt8]) -> String? {
    guard let text = replacingDecode(bytes), !text.unicodeScalars.contains("\u{FFFD}") else {
      return nil
    }
    return text
  }

  /// The text, with U+FFFD for what means nothing.
  private func replacingDecode(_ bytes: [UInt8]) -> String? {
    switch self {
    case .utf8: return String(validating: bytes, as: UTF8.self)
    case .utf16(let isLittle, let hasMark):
      guard bytes.count % 2 == 0 else { return nil }
      var units = stride(from: 0, to: bytes.count, by: 2).map { index in
        let pair = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
        return isLittle ? pair.1 << 8 | pair.0 : pair.0 << 8 | pair.1
      }
      if hasMark, units.first == 0xFEFF { units.removeFirst() }
      return String(decoding: units, as: UTF16.self)
    case .ascii:
      return bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
    case .latin1, .windows1252:
      var scalars = String.UnicodeScalarView()
      for byte in bytes {
        let isHigh = (0x80..<0xA0).contains(byte)
        if case .windows1252 = self, isHigh {
          scalars.append(Unicode.Scalar(Self.windowsHigh[Int(byte) - 0x80]) ?? "\u{FFFD}")
        } else {
          scalars.append(Unicode.Scalar(byte))
        }
      }
      return String(scalars)
    }
  }
}
