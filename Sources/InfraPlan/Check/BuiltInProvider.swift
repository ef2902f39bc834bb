/// The resource types that need no plugin: `terraform_data` and `terraform_remote_state`.
enum BuiltInProvider {
  struct Attribute {
    var type: ValueType
    var isRequired = false
    /// Whether only the provider decides the value.
    var isComputed = false
  }

  /// The backends that `terraform_remote_state` can read.
  static let backends: Set<String> = [
    "azurerm", "cloud", "consul", "cos", "gcs", "http", "inmem", "kubernetes", "local", "oci",
    "oss", "pg",
    "remote", "s3",
  ]

  /// The types of a mode.
  static func types(_ mode: ResourceAddress.Mode) -> [String] {
    switch mode {
    case .managed: ["terraform_data"]
    case .data: ["terraform_remote_state"]
    case .ephemeral: []
    }
  }

  /// The attributes of a resource type; `nil` where a plugin would know them.
  static func attributes(of address: ResourceAddress) -> [String: Attribute]? {
    switch (address.mode, address.type) {
    case (.managed, "terraform_data"):
      [
        "id": Attribute(type: .string, isComputed: true), "input": Attribute(type: .dynamic),
        "output": Attribute(type: .dynamic, isComputed: true),
        "triggers_replace": Attribute(type: .dynamic),
      ]
    case (.data, "terraform_remote_state"):
      [
        "backend": Attribute(type: .string, isRequired: true), "config": Attribute(type: .dynamic),
        "defaults": Attribute(type: .dynamic), "workspace": Attribute(type: .string),
        "outputs": Attribute(type: .dynamic, isComputed: true),
      ]
    default: nil
    }
  }
}
