import SourceText
import Testing

@Suite struct Base64Tests {
  @Test(arguments: ["", "a", "ab", "abc", "abcd", "\u{0}\u{FF}x"])
  func base64GoesThereAndBack(text: String) {
    #expect(Base64.decode(Base64.encode(text.utf8).utf8) == Array(text.utf8))
  }

  @Test func base64OfOtherTextIsRefused() {
    #expect(Base64.decode("a*b=".utf8) == nil)
  }

  @Test func paddingMustBeWhole() {
    #expect(Base64.decode("YQ==".utf8) == Array("a".utf8))
    #expect(Base64.decode("YQ".utf8) == nil)
    #expect(Base64.decode("YWJj\nZGVm\n".utf8) == Array("abcdef".utf8))
  }
}
