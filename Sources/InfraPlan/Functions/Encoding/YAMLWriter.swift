internal import CLibYAML

/// Writes YAML the way the language's `yamlencode` does: strings in double quotes, or as literal
/// blocks where they have several lines.
struct YAMLWriter {
  private var emitter = yaml_emitter_t()

  static func text(_ value: Value) -> String {
    var output: [UInt8] = []
    withUnsafeMutablePointer(to: &output) { target in
      var emitter = yaml_emitter_t()
      guard yaml_emitter_initialize(&emitter) == 1 else { return }
      defer { yaml_emitter_delete(&emitter) }
      // The callback only runs inside this scope, where the pointer is valid.
      yaml_emitter_set_output(
        &emitter,
        { context, bytes, count in
          guard let context, let bytes else { return 0 }
          let buffer = UnsafeBufferPointer(start: bytes, count: count)
          context.assumingMemoryBound(to: [UInt8].self).pointee.append(contentsOf: buffer)
          return 1
        }, target)
      yaml_emitter_set_unicode(&emitter, 1)
      var event = yaml_event_t()
      func send() { _ = yaml_emitter_emit(&emitter, &event) }
      yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING)
      send()
      yaml_document_start_event_initialize(&event, nil, nil, nil, 1)
      send()
      emit(value, &emitter)
      yaml_document_end_event_initialize(&event, 1)
      send()
      yaml_stream_end_event_initialize(&event)
      send()
      yaml_emitter_flush(&emitter)
    }
    var text = String(decoding: output, as: UTF8.self)
    let isPlain = value.type == .number || value.type == .bool || value.isNull
    if isPlain, !text.hasSuffix("...\n") { text += "...\n" }
    return text
  }

  private static func emit(_ value: Value, _ emitter: inout yaml_emitter_t) {
    var event = yaml_event_t()
    switch value.content {
    case .elements(let elements):
      yaml_sequence_start_event_initialize(
        &event, nil, nil, 1, elements.isEmpty ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
      )
      _ = yaml_emitter_emit(&emitter, &event)
      for element in elements { emit(element, &emitter) }
      yaml_sequence_end_event_initialize(&event)
      _ = yaml_emitter_emit(&emitter, &event)
    case .attributes(let values):
      yaml_mapping_start_event_initialize(
        &event, nil, nil, 1, values.isEmpty ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE)
      _ = yaml_emitter_emit(&emitter, &event)
      for name in values.keys.sorted() {
        scalar(name, YAML_DOUBLE_QUOTED_SCALAR_STYLE, &emitter)
        if let inner = values[name] { emit(inner, &emitter) }
      }
      yaml_mapping_end_event_initialize(&event)
      _ = yaml_emitter_emit(&emitter, &event)
    case .string(let text):
      let style =
        text.contains("\n") ? YAML_LITERAL_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE
      scalar(text, style, &emitter)
    case .number(let number): scalar(number.text, YAML_PLAIN_SCALAR_STYLE, &emitter)
    case .bool(let flag): scalar(flag ? "true" : "false", YAML_PLAIN_SCALAR_STYLE, &emitter)
    case .null, .unknown: scalar("null", YAML_PLAIN_SCALAR_STYLE, &emitter)
    }
  }

  private static func scalar(
    _ text: String, _ style: yaml_scalar_style_t, _ emitter: inout yaml_emitter_t
  ) {
    var event = yaml_event_t()
    var bytes = Array(text.utf8)
    let count = Int32(bytes.count)
    bytes.append(0)
    yaml_scalar_event_initialize(&event, nil, nil, &bytes, count, 1, 1, style)
    _ = yaml_emitter_emit(&emitter, &event)
  }
}
