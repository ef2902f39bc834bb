internal import SourceText

/// One page of a repository's tags.
public struct TagPage: Hashable, Sendable {
  /// The tags, in the registry's order.
  public let tags: [String]
  /// Where the next page is; `nil` on the last one. How many tags a page holds says nothing.
  public let next: String?

  /// Creates a page.
  public init(tags: [String], next: String?) {
    self.tags = tags
    self.next = next
  }

  /// Reads an answer to `tags/list`; `null` tags are none.
  public init(body: String, link: String?, url: String) throws(MalformedError) {
    do throws(JSONValue.ParseError) {
      let answer = try JSONValue(parsing: body)
      self.tags = answer["tags"]?.elements?.compactMap(\.stringValue) ?? []
    } catch {
      throw MalformedError(message: error.message)
    }
    self.next = link.flatMap { LinkHeader.next(in: $0, of: url) }
  }

  /// The answer is not a JSON document.
  public struct MalformedError: Error, Hashable, Sendable {
    /// What is wrong with it.
    public let message: String
  }

  /// The tags of pages in order, up to the first that has no next one.
  public static func collect(_ pages: some Sequence<TagPage>) -> [String] {
    var tags: [String] = []
    for page in pages {
      tags += page.tags
      if page.next == nil { break }
    }
    return tags
  }
}
