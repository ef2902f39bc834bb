/// What would be created.
public struct Plan: Sendable {
  /// One instance of a resource.
  public struct Resource: Sendable {
    /// The full address, such as `module.a.terraform_data.web[0]`.
    public let address: String
    let module: String
    let type: String
    let name: String
    let key: InstanceKey?
    let order: SortKey
    /// The planned attributes; what is decided later is unknown.
    public let after: Value
  }

  /// The key of one instance of several.
  enum InstanceKey: Hashable, Sendable {
    case index(Int)
    case name(String)

    var text: String {
      switch self {
      case .index(let index): "[\(index)]"
      case .name(let name): "[\(Quoting.goQuoted(name))]"
      }
    }
  }

  /// Orders addresses: modules, then type and name, then keys by number or text.
  struct SortKey: Comparable, Sendable {
    let parts: [String]
    let index: Int
    let key: String

    static func < (left: SortKey, right: SortKey) -> Bool {
      if left.parts != right.parts { return left.parts.lexicographicallyPrecedes(right.parts) }
      return left.index != right.index ? left.index < right.index : left.key < right.key
    }
  }

  /// One output of the root module.
  public struct Output: Sendable {
    /// The name.
    public let name: String
    /// The value, unknown where it is decided later.
    public let value: Value
    /// Whether it is hidden.
    public let isSensitive: Bool
  }

  /// The resources in address order.
  public internal(set) var resources: [Resource] = []
  /// The outputs by name.
  public internal(set) var outputs: [Output] = []
  /// The values of the root module's variables.
  public internal(set) var variables: [String: Value] = [:]
  /// Whether problems kept the plan from being complete.
  public internal(set) var isErrored = false

  /// Whether applying the plan would do anything.
  public var isEmpty: Bool { resources.isEmpty && outputs.allSatisfy { $0.value.isNull } }
}
