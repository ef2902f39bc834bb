internal import SourceText

/// The three fields that the API server adds to the schema of every custom resource and of every
/// embedded resource: `apiVersion`, `kind` and `metadata`.
enum ObjectFields {
  /// A schema with them. What it says of `metadata` itself stays where it only narrows it.
  static func added(to schema: JSONValue) -> JSONValue {
    guard var members = schema.members,
      let index = members.firstIndex(where: { $0.name == "properties" }),
      var properties = members[index].value.members
    else { return schema }
    properties.removeAll { ["apiVersion", "kind", "metadata"].contains($0.name) }
    properties += [
      JSONValue.Member("apiVersion", text), JSONValue.Member("kind", text),
      JSONValue.Member("metadata", metadata),
    ]
    members[index].value = JSONValue(.object(properties))
    return JSONValue(.object(members))
  }

  private static let text = type("string")
  private static let texts = JSONValue.object([
    ("type", .string("object")), ("additionalProperties", text),
  ])

  /// `ObjectMeta` of Kubernetes' API.
  private static let metadata = object([
    ("name", text), ("generateName", text), ("namespace", text), ("uid", text),
    ("resourceVersion", text), ("selfLink", text), ("generation", type("integer")),
    ("creationTimestamp", nullable("string")), ("deletionTimestamp", nullable("string")),
    ("deletionGracePeriodSeconds", type("integer")), ("labels", texts), ("annotations", texts),
    ("finalizers", list(of: text)),
    (
      "ownerReferences",
      list(
        of: object([
          ("apiVersion", text), ("kind", text), ("name", text), ("uid", text),
          ("controller", type("boolean")), ("blockOwnerDeletion", type("boolean")),
        ]))
    ),
    (
      "managedFields",
      list(
        of: .object([
          ("type", .string("object")), ("x-kubernetes-preserve-unknown-fields", .bool(true)),
        ]))
    ),
  ])

  private static func type(_ name: String) -> JSONValue { .object([("type", .string(name))]) }

  private static func nullable(_ name: String) -> JSONValue {
    .object([("type", .string(name)), ("nullable", .bool(true))])
  }

  private static func list(of items: JSONValue) -> JSONValue {
    .object([("type", .string("array")), ("items", items)])
  }

  private static func object(_ properties: [(String, JSONValue)]) -> JSONValue {
    .object([("type", .string("object")), ("properties", .object(properties))])
  }
}
