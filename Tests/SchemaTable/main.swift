// Makes a `*.generated.swift` schema table:
//
//   schema-table [--names] NAME VERSION FILE.json [KINDS.json [SCOPES.json]]
//
// --names keeps the names of the definitions too, for tables that other documents add to.
// FILE is an OpenAPI v2 document, or a JSON schema with `$defs`. KINDS maps "group/version/Kind" to
// the name of a definition, for documents that do not say. SCOPES is a document whose
// `x-namespaced` or paths say which kinds live in a namespace.

internal import ManifestKit
internal import SourceText

func load(_ path: String) throws -> JSONValue {
  try JSONValue(parsing: LocalFileSystem().read(path))
}

let arguments = CommandLine.arguments.filter { $0 != "--names" }
let keepsNames = arguments.count < CommandLine.arguments.count
if arguments.count < 4 {
  print("usage: schema-table [--names] NAME VERSION FILE.json [KINDS.json [SCOPES.json]]")
} else {
  var members = try load(arguments[3]).members ?? []
  if arguments.count > 4 {
    let kinds = try load(arguments[4]).members ?? []
    let resources = kinds.compactMap { entry -> JSONValue? in
      guard let slash = entry.name.lastIndex(of: "/") else { return nil }
      return .object([
        ("apiVersion", .string(String(entry.name[..<slash]))),
        ("kind", .string(String(entry.name[entry.name.index(after: slash)...]))),
        ("definition", entry.value),
      ])
    }
    members.append(JSONValue.Member("resources", .array(resources)))
  }
  if arguments.count > 5 {
    let document = try load(arguments[5])
    if let scopes = document["x-namespaced"] {
      members.append(JSONValue.Member("x-namespaced", scopes))
    }
    if let paths = document["paths"] { members.append(JSONValue.Member("paths", paths)) }
  }
  let table = SchemaTable(openAPI: JSONValue(.object(members)), version: arguments[2])
  let definitions = members.first { $0.name == "definitions" }?.value.members ?? []
  let names = """

      static let \(arguments[1])DefinitionNames =
        "\(SchemaTable.encoded(names: definitions.map(\.name)) ?? "")"
    """
  print(
    """
    // Made by `schema-table \(keepsNames ? "--names " : "")\(arguments[1]) \(arguments[2])`; facts of the Kubernetes API, no text of it.

    extension SchemaTable {
      static let \(arguments[1])Encoded =
        "\(table.encoded() ?? "")"\(keepsNames ? names : "")
    }
    """)
}
