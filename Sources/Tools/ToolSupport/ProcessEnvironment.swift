#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The variables the process was started with.
public enum ProcessEnvironment {
  /// The value of one variable; of one that is set twice, the first counts. O(variables).
  public static func value(of name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Names and values; of a variable set twice, the first counts.
  public static var variables: [String: String] {
    var result: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text)
      if let equals = pair.firstIndex(of: "=") {
        let name = String(pair[..<equals])
        if result[name] == nil { result[name] = String(pair[pair.index(after: equals)...]) }
      }
      entry += 1
    }
    return result
  }
}
