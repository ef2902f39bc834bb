internal import CLibYAML

/// libyaml's parser over bytes that stay where they are, one event at a time.
///
/// Owns the C handle, hence not copyable.
struct YAMLEventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// Starts reading; `input` must outlive the reader.
  init?(_ input: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      return nil
    }
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// Reads the next event into `event`, which the caller must delete; false where the text is bad.
  borrowing func next(_ event: inout yaml_event_t) -> Bool {
    yaml_parser_parse(parser, &event) == 1
  }

  /// Whether the text is UTF-16, which libyaml converts and whose positions would mean nothing.
  var isUTF16: Bool {
    parser.pointee.encoding == YAML_UTF16LE_ENCODING
      || parser.pointee.encoding == YAML_UTF16BE_ENCODING
  }

  /// Why reading stopped.
  var failure: Failure {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "out of memory"
    let context = state.context.map { String(cString: $0) }
    guard state.error != YAML_READER_ERROR else {
      return Failure(
        problem: problem, context: nil, position: .byte(state.problem_offset),
        contextIndex: nil)
    }
    return Failure(
      problem: problem, context: context, position: .codePoint(state.problem_mark.index),
      contextIndex: context == nil ? nil : state.context_mark.index)
  }

  /// libyaml's account of what is wrong.
  struct Failure {
    /// A place as libyaml counts it, which depends on the stage that failed.
    enum Position {
      case byte(Int)
      case codePoint(Int)
    }

    let problem: String
    let context: String?
    let position: Position
    let contextIndex: Int?
  }
}
