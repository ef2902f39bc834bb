/// Why a value does not fit a type, and which part of it is to blame.
struct ConversionError: Error {
  enum Step: Hashable {
    case attribute(String)
    case index(Int)
    case key(String)
  }

  var path: [Step] = []
  var message: String

  init(_ message: String, path: [Step] = []) {
    self.message = message
    self.path = path
  }

  func within(_ step: Step) -> ConversionError {
    ConversionError(message, path: [step] + path)
  }

  /// The message with the place before it: `.tags["a"]: string required`.
  var located: String { path.isEmpty ? message : Self.text(path) + ": " + message }

  static func text(_ path: [Step]) -> String {
    path.map { step in
      switch step {
      case .attribute(let name): "." + name
      case .index(let index): "[\(index)]"
      case .key(let key): "[\(Quoting.goQuoted(key))]"
      }
    }.joined()
  }
}
