internal import SourceText

/// What a `moved`, `removed` or `import` block names: a module or a resource, perhaps one instance.
struct TargetAddress {
  struct Key: Hashable {
    var text: String
    var span: SourceSpan
    var isNumber: Bool
  }

  var modules: [(name: String, key: Key?)] = []
  var resource: ResourceAddress?
  var key: Key?
  var span: SourceSpan

  /// The resource that all its instances belong to, in the module that all instances share.
  var whole: TargetAddress {
    var address = self
    address.key = nil
    for index in address.modules.indices { address.modules[index].key = nil }
    return address
  }

  /// The names of the modules on the way.
  var path: [String] { modules.map(\.name) }

  /// The address as text; a key that is not constant is left out.
  var description: String {
    let steps = modules.map { "module.\($0.name)" + ($0.key?.text ?? "") }
    return (steps + [resource.map { $0.description + (key?.text ?? "") }].compactMap { $0 })
      .joined(separator: ".")
  }

  /// Reads the address of a module or of a resource, perhaps of one instance, or says what is wrong
  /// with it.
  static func parse(_ traversal: Traversal) -> Result<TargetAddress, ProblemError> {
    do throws(ProblemError) {
      var reader = TargetReader(traversal)
      try reader.readModules()
      if reader.isAtEnd { return .success(reader.address) }
      try reader.refuseReservedWords()
      try reader.readResource(modes: ["data": .data, "ephemeral": .ephemeral, "resource": .managed])
      try reader.readKey()
      return .success(reader.address)
    } catch {
      return .failure(error)
    }
  }

  /// Reads the address of a whole module or resource, as `removed` blocks have it.
  static func parseWhole(_ traversal: Traversal) -> Result<TargetAddress, ProblemError> {
    do throws(ProblemError) {
      var reader = TargetReader(traversal, takesKeys: false)
      try reader.readModules()
      if reader.isAtEnd { return .success(reader.address) }
      try reader.readResource(modes: ["data": .data])
      try reader.refuseKey()
      return .success(reader.address)
    } catch {
      return .failure(error)
    }
  }
}
