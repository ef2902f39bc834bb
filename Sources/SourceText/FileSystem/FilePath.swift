/// Path arithmetic on text, without touching a file system. Separator is `/`.
public enum FilePath {
  /// The absolute form of a path: relative ones are taken below `folder`; `.`, `..` and doubled
  /// slashes are resolved textually.
  public static func normalize(_ path: String, in folder: String) -> String {
    let whole = path.hasPrefix("/") ? path : folder + "/" + path
    return "/" + joined(parts(of: whole, keepingLeadingParents: false))
  }

  /// A path without `.`, inner `..` and doubled slashes; a relative path stays relative and an
  /// empty one becomes `.` (as Go's `path.Clean`).
  public static func clean(_ path: String) -> String {
    let isAbsolute = path.hasPrefix("/")
    let joined = joined(parts(of: path, keepingLeadingParents: !isAbsolute))
    return isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
  }

  /// `path` below `folder`, cleaned; an absolute `path` is kept as it is.
  public static func join(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? clean(path) : clean(folder + "/" + path)
  }

  /// The folder that holds a path: `.` for a bare name, `/` for the root.
  public static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    let head = path[..<slash]
    return head.isEmpty ? "/" : String(head)
  }

  /// The last component of a path.
  public static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Whether `path` is `folder` or lies below it; both absolute and resolved.
  public static func isPath(_ path: String, inside folder: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// How to get from an absolute folder to an absolute path, as a relative path.
  public static func relative(_ path: String, to folder: String) -> String {
    let target = path.split(separator: "/")
    let base = folder.split(separator: "/")
    let shared = zip(target, base).prefix { $0 == $1 }.count
    let up = Array(repeating: Substring(".."), count: base.count - shared)
    let steps = up + target[shared...]
    return steps.isEmpty ? "." : joined(steps)
  }

  // The library's own `joined` looks conformances up when it first runs, which a small tool feels.
  private static func joined(_ parts: [Substring]) -> String {
    var joined = ""
    for part in parts {
      if !joined.isEmpty { joined += "/" }
      joined.append(contentsOf: part)
    }
    return joined
  }

  private static func parts(of path: String, keepingLeadingParents: Bool) -> [Substring] {
    var parts: [Substring] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")).lazy.map(Substring.init)
    where part != "." {
      if part != ".." {
        parts.append(part)
      } else if let last = parts.last, last != ".." {
        parts.removeLast()
      } else if keepingLeadingParents {
        parts.append(part)
      }
    }
    return parts
  }
}
