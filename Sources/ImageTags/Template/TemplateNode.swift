/// A part of a template.
indirect enum TemplateNode: Sendable {
  case text(String)
  case output(TemplatePipeline)
  case condition(TemplatePipeline, bindsDot: Bool, then: [TemplateNode], else: [TemplateNode])
  case loop(TemplatePipeline, body: [TemplateNode], else: [TemplateNode])
  /// `break`, or `continue`.
  case leave(endsLoop: Bool)
}

/// Commands whose values feed the next, with the variables that take the last one.
struct TemplatePipeline: Sendable {
  /// One variable; in a loop two, of which the first takes the index or key.
  var variables: [String] = []
  /// Whether the variables are those of an outer action (`=` rather than `:=`).
  var assigns = false
  var commands: [[TemplateOperand]] = []
}

/// A word of a command.
indirect enum TemplateOperand: Sendable {
  case dot
  case fields([String])
  case variable(String, [String])
  case string(String)
  case integer(Int)
  case bool(Bool)
  case nothing
  case function(String)
  case group(TemplatePipeline, [String])
}
