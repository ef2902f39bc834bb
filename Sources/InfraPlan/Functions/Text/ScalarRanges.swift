/// Sets of Unicode scalars as sorted, disjoint ranges.
enum ScalarRanges {
  typealias Ranges = [ClosedRange<UInt32>]

  static func normalized(_ ranges: Ranges) -> Ranges {
    var result: Ranges = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound &+ 1 {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  static func inverted(_ ranges: Ranges) -> Ranges {
    var result: Ranges = []
    var next: UInt32 = 0
    for range in normalized(ranges) {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { result.append(next...0x10FFFF) }
    return result
  }

  private static func ascii(_ spans: String...) -> Ranges {
    spans.compactMap { span in
      let scalars = Array(span.unicodeScalars)
      return scalars.count == 2 ? scalars[0].value...scalars[1].value : nil
    }
  }

  static func perl(_ letter: Unicode.Scalar) -> Ranges? {
    switch letter {
    case "d": ascii("09")
    case "D": inverted(ascii("09"))
    case "w": ascii("09", "AZ", "__", "az")
    case "W": inverted(ascii("09", "AZ", "__", "az"))
    case "s": [0x09...0x0A, 0x0C...0x0D, 0x20...0x20]
    case "S": inverted([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    default: nil
    }
  }

  static func posix(_ name: String) -> Ranges? {
    let isNegated = name.hasPrefix("^")
    let ranges: Ranges
    switch isNegated ? String(name.dropFirst()) : name {
    case "alnum": ranges = ascii("09", "AZ", "az")
    case "alpha": ranges = ascii("AZ", "az")
    case "ascii": ranges = [0...0x7F]
    case "blank": ranges = [0x09...0x09, 0x20...0x20]
    case "cntrl": ranges = [0...0x1F, 0x7F...0x7F]
    case "digit": ranges = ascii("09")
    case "graph": ranges = [0x21...0x7E]
    case "lower": ranges = ascii("az")
    case "print": ranges = [0x20...0x7E]
    case "punct": ranges = [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
    case "space": ranges = [0x09...0x0D, 0x20...0x20]
    case "upper": ranges = ascii("AZ")
    case "word": ranges = ascii("09", "AZ", "__", "az")
    case "xdigit": ranges = ascii("09", "AF", "af")
    default: return nil
    }
    return isNegated ? inverted(ranges) : ranges
  }

  /// A general category such as `L` or `Lu`, or one of the larger scripts.
  static func property(_ name: String) -> Ranges? {
    if name == "Any" { return [0...0x10FFFF] }
    switch name {
    case "Greek": return [0x370...0x3FF, 0x1F00...0x1FFF]
    case "Cyrillic": return [0x400...0x52F, 0x1C80...0x1C88, 0x2DE0...0x2DFF, 0xA640...0xA69F]
    case "Han":
      return [
        0x2E80...0x2FD5, 0x3005...0x3007, 0x3021...0x3029, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xF900...0xFAD9, 0x20000...0x323AF,
      ]
    case "Hiragana": return [0x3041...0x3096, 0x309D...0x309F]
    case "Katakana": return [0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9D]
    case "Latin":
      return [
        0x41...0x5A, 0x61...0x7A, 0xAA...0xAA, 0xBA...0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8,
        0x1E00...0x1EFF,
      ]
    default: break
    }
    guard let test = categories[name] else { return nil }
    var ranges: Ranges = []
    var value: UInt32 = 0
    var uniform = uniformSpans[...]
    while value <= 0x10FFFF {
      var span = value...value
      if let next = uniform.first, next.lowerBound == value {
        span = next
        uniform = uniform.dropFirst()
      }
      value = span.upperBound + 1
      guard let scalar = Unicode.Scalar(span.lowerBound),
        test.contains(scalar.properties.generalCategory)
      else { continue }
      if let last = ranges.last, last.upperBound + 1 == span.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound...span.upperBound
      } else {
        ranges.append(span)
      }
    }
    return ranges
  }

  /// Long stretches of one category: ideographs, syllables, surrogates, private use, and planes
  /// where nothing is. Asking for each of their scalars would take ten times as long.
  private static let uniformSpans: Ranges = [
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xD800...0xDFFF, 0xE000...0xF8FF,
    0x20000...0x2A6DF, 0x40000...0xDFFFF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD,
  ]

  private static let categories: [String: Set<Unicode.GeneralCategory>] = {
    var single: [String: Unicode.GeneralCategory] = [
      "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter,
      "Lm": .modifierLetter, "Lo": .otherLetter, "Mn": .nonspacingMark, "Mc": .spacingMark,
      "Me": .enclosingMark, "Nd": .decimalNumber, "Nl": .letterNumber, "No": .otherNumber,
      "Pc": .connectorPunctuation, "Pd": .dashPunctuation, "Ps": .openPunctuation,
      "Pe": .closePunctuation, "Pi": .initialPunctuation, "Pf": .finalPunctuation,
      "Po": .otherPunctuation, "Sm": .mathSymbol, "Sc": .currencySymbol, "Sk": .modifierSymbol,
      "So": .otherSymbol, "Zs": .spaceSeparator, "Zl": .lineSeparator,
      "Zp": .paragraphSeparator, "Cc": .control, "Cf": .format, "Co": .privateUse,
    ]
    single["Cs"] = .surrogate
    var all: [String: Set<Unicode.GeneralCategory>] = [:]
    for (name, category) in single {
      all[name] = [category]
      all[String(name.prefix(1)), default: []].insert(category)
    }
    return all
  }()

  static func ignoringCase(_ ranges: Ranges) -> Ranges {
    var result = ranges
    for range in ranges where range.count <= 4096 {
      for value in range {
        guard let scalar = Unicode.Scalar(value) else { continue }
        for image in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
          let scalars = image.unicodeScalars
          if scalars.count == 1, let other = scalars.first?.value { result.append(other...other) }
        }
      }
    }
    return normalized(result)
  }
}
