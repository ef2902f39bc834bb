internal import ManifestKit
public import SourceText

/// `postBuild` of a Flux Kustomization: replaces `${…}` in each built object.
///
/// The object is written as YAML without needless quotes, expanded, and read again, as the
/// controller does. So `"${n}"` with `n` = 5 becomes the number 5, and a value may hold YAML.
public struct PostBuild: Sendable {
  /// Why an object could not be expanded.
  public struct Failure: Error, Hashable, Sendable {
    /// What is wrong.
    public let message: String
  }

  /// The label or annotation that keeps an object as it is, with the value `disabled`.
  public static let switchKey = "kustomize.toolkit.fluxcd.io/substitute"

  private let variables: [String: String]
  private let isAlways: Bool
  private let isStrict: Bool

  /// Gathers the variables.
  ///
  /// - Parameters:
  ///   - substitute: The variables of the Kustomization itself, which win over all others.
  ///   - sources: The data of the ConfigMaps and Secrets of `substituteFrom`, later ones winning.
  ///   - always: Whether expressions are expanded even where there is no variable at all.
  ///   - strict: Whether a variable without value and default is an error, the controller's default.
  /// - Throws: A failure for a name that is not a letter or underscore followed by letters, digits
  ///   and underscores.
  public init(
    substitute: [String: String], sources: [[String: String]] = [], always: Bool = false,
    strict: Bool = false
  ) throws(Failure) {
    var variables: [String: String] = [:]
    for source in sources + [substitute] {
      for (name, value) in source { variables[name] = value.filter { !$0.isNewline || $0 == "\r" } }
    }
    for name in variables.keys.sorted() where !Self.isName(name) {
      throw Failure(
        message: "'\(name)' is no variable name: "
          + "letters, digits and underscores are allowed, and no digit first")
    }
    self.variables = variables
    isAlways = always
    isStrict = strict
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else {
      return false
    }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  /// The object of a manifest of one document after substitution, as JSON.
  public func expand(_ object: String) throws(Failure) -> JSONValue {
    let value = try Self.parse(object)
    if isDisabled(value) || variables.isEmpty && !isAlways { return value }
    var tree = ValueTree()
    let root = tree.add(value)
    let text: String
    do throws(CanonicalYAML.Failure) {
      text = try CanonicalYAML.text(of: root, in: tree)
    } catch {
      throw Failure(message: error.message)
    }
    let expanded: String
    do throws(VariableSubstitution.Failure) {
      expanded = try VariableSubstitution(text).expand(variables, strict: isStrict)
    } catch {
      throw Failure(message: error.message)
    }
    return try Self.parse(expanded)
  }

  /// The names of all variables.
  var names: [String] { variables.keys.sorted() }

  /// The variables that a text mentions and that have neither a value nor a default there.
  func undefined(in text: VariableSubstitution) -> [String] {
    text.requiredNames.filter { variables[$0] == nil }
  }

  /// Whether an object is to stay as it is.
  func isDisabled(_ object: JSONValue) -> Bool {
    ["annotations", "labels"].contains { section in
      object["metadata"]?[section]?[Self.switchKey]?.stringValue == "disabled"
    }
  }

  private static func parse(_ text: String) throws(Failure) -> JSONValue {
    var tree = ValueTree()
    do throws(DiagnosticError) {
      let stream = try YAMLStream(parsing: SourceFile(name: "object", text: text))
      guard let root = try tree.add(documentsOf: stream).first else { return .null }
      return tree.json(of: root, .kubernetes)
    } catch {
      throw Failure(message: error.diagnostics.first?.summary ?? "the object is not YAML")
    }
  }
}
