internal import SourceText

/// A provider configuration as a module names it: `aws`, `aws.west`.
struct ProviderReference: Sendable, CustomStringConvertible {
  var name: String
  var alias: String?
  var span: SourceSpan
  /// The name without the alias.
  var nameSpan: SourceSpan

  var description: String { alias.map { name + "." + $0 } ?? name }
}

/// Where a provider comes from: `registry.terraform.io/hashicorp/aws`.
enum ProviderSource {
  /// The full address of what a module calls by a name.
  static func address(of name: String, source: String) -> String {
    if source.isEmpty {
      return name == "terraform"
        ? "terraform.io/builtin/terraform" : "registry.terraform.io/hashicorp/\(name)"
    }
    let parts = source.split(separator: "/").map(String.init)
    let implied = ["registry.terraform.io", "hashicorp"]
    return (implied.prefix(max(0, 3 - parts.count)) + parts).joined(separator: "/")
  }

  /// The address for people: what is implied is left out.
  static func display(_ address: String) -> String {
    let host = "registry.terraform.io/"
    return address.hasPrefix(host) ? String(address.dropFirst(host.count)) : address
  }
}
