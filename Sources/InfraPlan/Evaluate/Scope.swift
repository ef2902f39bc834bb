internal import SourceText

/// What names mean where an expression is evaluated.
///
/// A class, as the scopes of nested `for` expressions form a chain that shares its ends.
final class Scope {
  let parent: Scope?
  let variables: [String: Value]
  let functions: FunctionTable?
  /// The current element of the innermost splat, by the node that stands for it.
  var anonymous: [Expression.Node.ID: Value] = [:]
  /// Whether names may be used even if none is known.
  private let takesVariables: Bool

  init(
    parent: Scope? = nil, variables: [String: Value] = [:], functions: FunctionTable? = nil,
    takesVariables: Bool = false
  ) {
    self.takesVariables = takesVariables
    self.parent = parent
    self.variables = variables
    self.functions = functions
  }

  /// The value of a name, from the innermost scope that has it.
  func value(of name: String) -> Value? {
    var scope: Scope? = self
    while let current = scope {
      if let value = current.variables[name] { return value }
      scope = current.parent
    }
    return nil
  }

  /// The functions that can be called here.
  var callable: FunctionTable? {
    var scope: Scope? = self
    while let current = scope {
      if let table = current.functions { return table }
      scope = current.parent
    }
    return nil
  }

  func anonymousValue(_ id: Expression.Node.ID) -> Value? {
    var scope: Scope? = self
    while let current = scope {
      if let value = current.anonymous[id] { return value }
      scope = current.parent
    }
    return nil
  }

  /// Whether there are neither names nor functions: a place for constants.
  var isEmpty: Bool { parent == nil && functions == nil && !takesVariables && variables.isEmpty }

  /// Whether any name is known at all; an expression of constants has none.
  var hasVariables: Bool {
    var scope: Scope? = self
    while let current = scope {
      if current.takesVariables || !current.variables.isEmpty { return true }
      scope = current.parent
    }
    return false
  }
}
