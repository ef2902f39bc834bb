internal import ImageTags
public import SourceText

extension UpdateAutomation {
  /// Flux's message where an automation has no template.
  public static let standardMessage = "Update from image update automation"

  /// The message for a commit of some changes, by the automation's template.
  ///
  /// The template sees `.AutomationObject` (`Namespace`, `Name`; printed as `namespace/name`),
  /// `.Values` and `.Changed`: `FileChanges` (changes by object by file), `Objects` (changes by object)
  /// and `Changes` (each distinct change once). A change has `OldValue`, `NewValue` and `Setter`; an
  /// object `APIVersion`, `Kind`, `Name` and `Namespace`. Changes to YAML that is no object do not
  /// count, as in Flux. An object that several files hold has the changes of all of them; Flux takes
  /// those of one file, by chance. Files and objects come in the order of their names, changes in that of the
  /// files.
  ///
  /// - Parameter changes: The changes with their file, relative to the folder that is updated.
  /// - Throws: What is wrong with the template.
  public func message(
    for changes: [(file: String, change: ImageSetters.Change)]
  ) throws(DiagnosticError) -> String {
    guard let messageTemplate, !messageTemplate.isEmpty else { return Self.standardMessage }
    do throws(GoTemplate.Failure) {
      let template = try GoTemplate(messageTemplate, name: "commit message")
      return try template.execute(
        .record([
          "AutomationObject": .record(
            ["Namespace": .string(namespace), "Name": .string(name)],
            printedAs: namespace + "/" + name),
          "Changed": Self.changed(changes),
          "Values": .map(messageValues.mapValues(GoTemplate.Value.string)),
        ]))
    } catch {
      throw DiagnosticError(
        Diagnostic(
          "bad-template", .error, error.description,
          detail: "The template is spec.git.commit.messageTemplate of the automation '\(id)'.",
          span: span))
    }
  }

  private static func changed(
    _ changes: [(file: String, change: ImageSetters.Change)]
  ) -> GoTemplate.Value {
    var byFile: [String: [ImageSetters.Object: [GoTemplate.Value]]] = [:]
    var byObject: [ImageSetters.Object: [GoTemplate.Value]] = [:]
    var distinct: [GoTemplate.Value] = []
    var seen: Set<[String]> = []
    for (file, change) in changes {
      guard let object = change.object else { continue }
      let value = GoTemplate.Value.record([
        "OldValue": .string(change.oldValue), "NewValue": .string(change.newValue),
        "Setter": .string(change.setter),
      ])
      byFile[file, default: [:]][object, default: []].append(value)
      byObject[object, default: []].append(value)
      if seen.insert([change.oldValue, change.newValue, change.setter]).inserted {
        distinct.append(value)
      }
    }
    return .record([
      "FileChanges": .map(byFile.mapValues(byName)), "Objects": byName(byObject),
      "Changes": .list(distinct),
    ])
  }

  /// Changes by object, in the order that Go gives to the objects as keys.
  private static func byName(
    _ changes: [ImageSetters.Object: [GoTemplate.Value]]
  ) -> GoTemplate.Value {
    let sorted = changes.sorted { left, right in
      for part in [\ImageSetters.Object.apiVersion, \.kind, \.name, \.namespace]
      where left.key[keyPath: part] != right.key[keyPath: part] {
        return left.key[keyPath: part].utf8.lexicographicallyPrecedes(right.key[keyPath: part].utf8)
      }
      return false
    }
    return .map(
      sorted.map { object, changes in
        (
          key: .record([
            "APIVersion": .string(object.apiVersion), "Kind": .string(object.kind),
            "Name": .string(object.name), "Namespace": .string(object.namespace),
          ]), value: .list(changes)
        )
      })
  }
}
