import ManifestKit
import Testing

@Suite struct ScalarRulesTests {
  private func value(_ text: String, _ rules: ScalarRules) -> ScalarValue {
    rules.value(ofPlain: Array(text.utf8)[...])
  }

  @Test(arguments: [
    ("", ScalarValue.null, ScalarValue.null, ScalarValue.null), ("~", .null, .null, .null),
    ("yes", .bool(true), .string, .string), ("off", .bool(false), .string, .string),
    ("True", .bool(true), .bool(true), .bool(true)), ("tRue", .string, .string, .string),
    ("0777", .integer(511), .integer(511), .integer(777)),
    ("0o17", .integer(15), .integer(15), .integer(15)),
    ("0x1F", .integer(31), .integer(31), .integer(31)),
    ("0b11", .integer(3), .integer(3), .string), ("08", .float(8), .float(8), .integer(8)),
    ("1_000", .integer(1000), .integer(1000), .string),
    ("1e3", .float(1000), .float(1000), .float(1000)), ("1e400", .string, .string, .string),
    (".5", .float(0.5), .float(0.5), .float(0.5)), ("-", .string, .string, .string),
    ("1:30", .string, .string, .string),
    (".inf", .float(.infinity), .float(.infinity), .float(.infinity)),
    ("-.inf", .float(-.infinity), .float(-.infinity), .float(-.infinity)),
    ("18446744073709551615", .unsigned(.max), .unsigned(.max), .unsigned(.max)),
    ("-9223372036854775808", .integer(.min), .integer(.min), .integer(.min)),
    ("2020-01-01", .string, .timestamp("2020-01-01T00:00:00Z"), .string),
    ("2020-02-30", .string, .string, .string), ("word", .string, .string, .string),
  ])
  func plainScalars(
    text: String, kubernetes: ScalarValue, kustomize: ScalarValue, core: ScalarValue
  ) {
    #expect(value(text, .kubernetes) == kubernetes)
    #expect(value(text, .kustomize) == kustomize)
    #expect(value(text, .core) == core)
  }

  @Test(arguments: [
    ("5", ScalarTag.string, ScalarValue?.some(.string)), ("5", .float, .float(5)),
    ("x", .integer, nil), ("x", .other, .string), ("", .null, .null), ("true", .bool, .bool(true)),
  ])
  func taggedScalars(text: String, tag: ScalarTag, expected: ScalarValue?) {
    let bytes = Array(text.utf8)[...]
    #expect(ScalarRules.kustomize.value(of: bytes, tag: tag, isPlain: true) == expected)
  }
}
