/// The offsets of a time zone, from a file of the zone database (TZif, RFC 8536).
public struct TimeZoneRules: Sendable {
  /// What clocks in a zone show at some time.
  public struct Offset: Hashable, Sendable {
    /// Seconds east of UTC.
    public let seconds: Int
    /// The abbreviation, such as `CET`.
    public let abbreviation: String
  }

  /// The bytes are no zone file.
  public struct ParseError: Error, Hashable, Sendable {}

  private let transitions: [(time: Int64, offset: Offset)]
  private let first: Offset
  private let tail: PosixTimeZone?

  /// Coordinated universal time.
  public static let utc = TimeZoneRules(
    transitions: [], first: Offset(seconds: 0, abbreviation: "UTC"), tail: nil)

  private init(
    transitions: [(time: Int64, offset: Offset)], first: Offset, tail: PosixTimeZone?
  ) {
    self.transitions = transitions
    self.first = first
    self.tail = tail
  }

  /// Reads a zone file of version 2 or later. O(bytes).
  public init(tzif bytes: [UInt8]) throws(ParseError) {
    let old = try Header(bytes, at: 0)
    guard old.version >= UInt8(ascii: "2") else { throw ParseError() }
    let start = Header.size + old.bodySize(timeSize: 4)
    let header = try Header(bytes, at: start)
    var position = start + Header.size
    let end = position + header.bodySize(timeSize: 8)
    guard end <= bytes.count, header.types > 0 else { throw ParseError() }

    let times = (0..<header.times).map {
      Int64(bitPattern: Self.integer(bytes, position + $0 * 8, size: 8))
    }
    position += header.times * 8
    let indexes = bytes[position..<(position + header.times)].map(Int.init)
    position += header.times
    let names = bytes[(position + header.types * 6)..<(position + header.types * 6 + header.names)]
    var offsets: [Offset] = []
    for index in 0..<header.types {
      let place = position + index * 6
      let seconds = Int32(truncatingIfNeeded: Self.integer(bytes, place, size: 4))
      let name = names.dropFirst(Int(bytes[place + 5])).prefix { $0 != 0 }
      offsets.append(
        Offset(seconds: Int(seconds), abbreviation: String(decoding: name, as: UTF8.self)))
    }
    guard indexes.allSatisfy({ $0 < offsets.count }) else { throw ParseError() }
    let footer = bytes[end...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
    self.init(
      transitions: zip(times, indexes).map { ($0, offsets[$1]) }, first: offsets[0],
      tail: PosixTimeZone(String(decoding: footer, as: UTF8.self)))
  }

  /// What clocks show so many seconds after 1970 in UTC. O(log transitions).
  public func offset(at unixSeconds: Int64) -> Offset {
    if let last = transitions.last, unixSeconds >= last.time {
      return tail?.offset(at: unixSeconds) ?? last.offset
    }
    guard !transitions.isEmpty else { return tail?.offset(at: unixSeconds) ?? first }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].time <= unixSeconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : transitions[low - 1].offset
  }

  fileprivate static func integer(_ bytes: [UInt8], _ position: Int, size: Int) -> UInt64 {
    bytes[position..<(position + size)].reduce(0) { $0 << 8 | UInt64($1) }
  }

  private struct Header {
    static let size = 44

    let version: UInt8
    let utcFlags, standardFlags, leaps, times, types, names: Int

    init(_ bytes: [UInt8], at start: Int) throws(ParseError) {
      guard bytes.count >= start + Self.size, bytes[start...].starts(with: "TZif".utf8) else {
        throw ParseError()
      }
      func count(_ index: Int) -> Int {
        Int(TimeZoneRules.integer(bytes, start + 20 + index * 4, size: 4))
      }
      self.version = bytes[start + 4]
      (self.utcFlags, self.standardFlags, self.leaps) = (count(0), count(1), count(2))
      (self.times, self.types, self.names) = (count(3), count(4), count(5))
    }

    func bodySize(timeSize: Int) -> Int {
      times * (timeSize + 1) + types * 6 + names + leaps * (timeSize + 4) + standardFlags + utcFlags
    }
  }
}
