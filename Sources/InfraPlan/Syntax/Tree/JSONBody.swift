internal import SourceText

/// A body written in JSON: which members are arguments and which are blocks depends on the schema
/// that reads it.
struct JSONBody: Sendable {
  let objects: [JSONObject]
}

/// One JSON object of a body, with each member's expression already in the arena.
struct JSONObject: Sendable {
  struct Member: Sendable {
    var name: String
    var nameSpan: SourceSpan
    var value: JSONValue
    var expression: Expression.Node.ID
  }

  var members: [Member]
  var span: SourceSpan
}
