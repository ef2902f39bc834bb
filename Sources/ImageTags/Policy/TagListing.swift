internal import SourceText

/// Tags as tools pass them on: a line each, in one of three forms, which may be mixed.
///
/// - a tag: `1.2.3`
/// - a reference: `ghcr.io/acme/app:1.2.3` or `ghcr.io/acme/app:1.2.3@sha256:…`
/// - a JSON object: `{"tag": "1.2.3"}` with `image`, `digest`, `created` (RFC 3339) and `platforms`
///   (`["linux/amd64"]`) where they are known; other members are passed over.
///
/// Empty lines do not count.
public struct TagListing: Sendable {
  /// One line.
  public struct Entry: Hashable, Sendable {
    /// The image's name as the line writes it; `nil` where it names a tag alone.
    public let image: String?
    /// The tag.
    public let tag: String
    /// What the line says beside; `nil` for nothing.
    public let details: TagDetails?

    /// Creates an entry.
    public init(image: String? = nil, tag: String, details: TagDetails? = nil) {
      self.image = image
      self.tag = tag
      self.details = details
    }

    /// The entry as a JSON object on one line.
    public var json: String {
      var members: [(String, JSONValue)] = []
      if let image { members.append(("image", .string(image))) }
      members.append(("tag", .string(tag)))
      if let digest = details?.digest { members.append(("digest", .string(digest))) }
      if let created = details?.created { members.append(("created", .string("\(created)"))) }
      if let platforms = details?.platforms, !platforms.isEmpty {
        members.append(("platforms", .array(platforms.map { .string("\($0)") })))
      }
      return JSONValue.object(members).text()
    }
  }

  /// Why a line cannot be read.
  public struct ParseError: Error, Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// What is wrong.
    public let message: String
  }

  /// The lines in order.
  public let entries: [Entry]

  /// Reads lines that end in a line feed or a carriage return. O(n).
  public init(parsing bytes: [UInt8]) throws(ParseError) {
    let entries: Result<[Entry], ParseError> = bytes.withUnsafeBufferPointer { bytes in
      do throws(ParseError) {
        return .success(try Self.entries(in: bytes))
      } catch {
        return .failure(error)
      }
    }
    self.entries = try entries.get()
  }

  private static func entries(
    in bytes: UnsafeBufferPointer<UInt8>
  ) throws(ParseError) -> [Entry] {
    var entries: [Entry] = []
    entries.reserveCapacity(bytes.count { $0 == 0x0A } + 1)
    var number = 1
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      if start < end {
        do throws(LineError) {
          entries.append(
            try Entry(parsing: UnsafeBufferPointer(rebasing: bytes[start..<end])))
        } catch {
          throw ParseError(line: number, message: error.message)
        }
      }
      if end < bytes.count, bytes[end] == 0x0A { number += 1 }
      start = end + 1
    }
    return entries
  }

  /// The tags of an image in order; lines that name no image belong to any.
  public func tags(of image: String? = nil) -> [String] {
    if image == nil { return entries.map(\.tag) }
    return entries.filter { $0.image == nil || $0.image == image }.map(\.tag)
  }

  /// What is known of the tags of an image, by tag; the last line about a tag counts.
  public func details(of image: String? = nil) -> [String: TagDetails] {
    var details: [String: TagDetails] = [:]
    for entry in entries where image == nil || entry.image == nil || entry.image == image {
      if let known = entry.details { details[entry.tag] = known }
    }
    return details
  }
}

private struct LineError: Error {
  let message: String
}

extension TagListing.Entry {
  fileprivate init(parsing line: UnsafeBufferPointer<UInt8>) throws(LineError) {
    if line.first == UInt8(ascii: "{") {
      try self.init(object: line)
      return
    }
    // A tag holds no colon, and a port is followed by a slash.
    var end = 0
    var colon: Int?
    var isPath = false
    while end < line.count, line[end] != UInt8(ascii: "@") {
      if line[end] == UInt8(ascii: ":") { colon = end }
      if line[end] == UInt8(ascii: "/") { (colon, isPath) = (nil, true) }
      end += 1
    }
    let digest =
      end == line.count ? nil : String(decoding: line[(end + 1)...], as: UTF8.self)
    guard let colon else {
      guard digest == nil, !isPath else {
        throw LineError(
          message: "'\(String(decoding: line, as: UTF8.self))' names an image without a tag")
      }
      self.init(image: nil, tag: String(decoding: line, as: UTF8.self), details: nil)
      return
    }
    self.init(
      image: String(decoding: line[..<colon], as: UTF8.self),
      tag: String(decoding: line[(colon + 1)..<end], as: UTF8.self),
      details: digest.map { TagDetails(digest: $0) })
  }

  private init(object line: UnsafeBufferPointer<UInt8>) throws(LineError) {
    let object: JSONValue
    do throws(JSONValue.ParseError) {
      object = try JSONValue(parsing: Array(line), maximumDepth: 8)
    } catch {
      throw LineError(message: error.message)
    }
    guard let tag = object["tag"]?.stringValue else { throw LineError(message: "it has no 'tag'") }
    var details = TagDetails(digest: object["digest"]?.stringValue)
    if let text = object["created"]?.stringValue {
      guard let created = Timestamp(text) else {
        throw LineError(message: "'\(text)' is no date and time such as 2026-03-01T12:30:00Z")
      }
      details.created = created
    }
    for value in object["platforms"]?.elements ?? [] {
      guard let platform = value.stringValue.flatMap(ImageManifest.Platform.init) else {
        throw LineError(message: "a platform is written like linux/amd64")
      }
      details.platforms.append(platform)
    }
    self.init(image: object["image"]?.stringValue, tag: tag, details: details)
  }
}
