internal import SourceText

/// What providers accept, as `terraform providers schema -json` prints it.
///
/// The document is read once; a resource type's schema is only made out of it when it is asked for,
/// as a provider may have a thousand of them.
public struct ProviderSchemas: Sendable {
  /// Why a document is not one of schemas.
  public struct Failure: Error, Sendable {
    /// What is wrong.
    public var message: String
  }

  private struct Provider: Sendable {
    var configuration: JSONValue?
    var types: [ResourceAddress.Mode: [String: JSONValue]]
  }

  private let providers: [String: Provider]

  /// Reads the JSON document.
  public init(json bytes: [UInt8]) throws(Failure) {
    let document: JSONValue
    do throws(JSONValue.ParseError) { document = try JSONValue(parsing: bytes) } catch {
      throw Failure(message: "not valid JSON: \(error.message)")
    }
    guard document["format_version"] != nil else {
      throw Failure(message: "not the output of terraform providers schema -json")
    }
    func table(_ value: JSONValue?) -> [String: JSONValue] {
      var result: [String: JSONValue] = [:]
      for member in value?.members ?? [] { result[member.name] = member.value }
      return result
    }
    providers = table(document["provider_schemas"]).mapValues { provider in
      Provider(
        configuration: provider["provider"],
        types: [
          .managed: table(provider["resource_schemas"]),
          .data: table(provider["data_source_schemas"]),
          .ephemeral: table(provider["ephemeral_resource_schemas"]),
        ])
    }
  }

  enum Lookup {
    case found(BlockSchema)
    /// The provider is there and has no such type; the types that it has.
    case unknownType([String])
    case unknownProvider
  }

  /// The schema of a resource type of the provider at an address.
  func lookUp(_ address: ResourceAddress, provider: String) -> Lookup {
    guard let known = providers[provider], let types = known.types[address.mode] else {
      return .unknownProvider
    }
    guard let schema = types[address.type]?["block"] else {
      return .unknownType(types.keys.sorted())
    }
    return .found(BlockSchema(json: schema))
  }

  /// The schema of a provider's own configuration.
  func configuration(of provider: String) -> BlockSchema? {
    providers[provider]?.configuration?["block"].map { BlockSchema(json: $0) }
  }
}

/// The arguments and blocks of a body.
struct BlockSchema {
  struct Attribute {
    var type: ValueType
    var isRequired: Bool
    var isOptional: Bool
    var isDeprecated: Bool
  }

  struct Nested {
    var schema: JSONValue
    var minimum: Int
    var maximum: Int
    /// Whether each block has a label, its key in a map.
    var isLabelled: Bool
  }

  var attributes: [String: Attribute] = [:]
  var blocks: [String: Nested] = [:]

  init(json: JSONValue) {
    for member in json["attributes"]?.members ?? [] {
      let value = member.value
      let type =
        value["type"].flatMap { ValueType(json: $0) } ?? Self.nestedType(value["nested_type"])
      attributes[member.name] = Attribute(
        type: type, isRequired: value["required"]?.boolValue == true,
        isOptional: value["optional"]?.boolValue == true,
        isDeprecated: value["deprecated"]?.boolValue == true)
    }
    for member in json["block_types"]?.members ?? [] {
      let value = member.value
      guard let schema = value["block"] else { continue }
      let mode = value["nesting_mode"]?.stringValue
      let isSingle = mode == "single" || mode == "group"
      blocks[member.name] = Nested(
        schema: schema, minimum: value["min_items"]?.integer ?? 0,
        maximum: isSingle ? 1 : value["max_items"]?.integer ?? 0, isLabelled: mode == "map")
    }
  }

  /// The type of an attribute that is described like a block.
  private static func nestedType(_ json: JSONValue?) -> ValueType {
    guard let json else { return .dynamic }
    var attributes: [String: ValueType] = [:]
    var optional: Set<String> = []
    for member in json["attributes"]?.members ?? [] {
      attributes[member.name] =
        member.value["type"].flatMap { ValueType(json: $0) }
        ?? nestedType(member.value["nested_type"])
      if member.value["required"]?.boolValue != true { optional.insert(member.name) }
    }
    let object = ValueType.object(ValueType.ObjectType(attributes, optional: optional))
    switch json["nesting_mode"]?.stringValue {
    case "list": return .list(object)
    case "set": return .set(object)
    case "map": return .map(object)
    default: return object
    }
  }
}

extension JSONValue {
  fileprivate var integer: Int? {
    if case .number(let text) = kind { Int(text) } else { nil }
  }
}
