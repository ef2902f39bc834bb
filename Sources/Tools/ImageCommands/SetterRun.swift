internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// The state of one `image-update`.
struct SetterRun {
  private let setters: ImageSetters
  private let policies: Set<String>
  private var used: Set<String> = []
  private(set) var edits: [FileEdits.Edit] = []
  private(set) var report: [String] = []
  /// The changes with their file, relative to the folder it was found in.
  private(set) var changes: [(file: String, change: ImageSetters.Change)] = []
  private var found: [Diagnostic] = []

  init(choices: [PolicyChoice]) {
    var byPolicy: [String: ImageSetters.Choice] = [:]
    for choice in choices { byPolicy[choice.policy] = choice.choice }
    setters = ImageSetters(byPolicy)
    policies = Set(byPolicy.keys)
  }

  /// What was found, and the policies that no marker uses.
  var diagnostics: [Diagnostic] {
    let unused = policies.subtracting(used).sorted()
    return found
      + unused.map { policy in
        Diagnostic(
          "unused-policy", .warning, "no marker names the policy '\(policy)'",
          detail: "Mark a field with # {\"$imagepolicy\": \"\(policy)\"}.")
      }
  }

  mutating func update(_ path: String, files: inout SourceFiles) throws(DiagnosticError) {
    for file in try ManifestFiles.find(path) {
      let isInside = file.hasPrefix(path + "/")
      let relative = isInside ? String(file.dropFirst(path.utf8.count + 1)) : file
      try updateFile(file, named: relative, files: &files)
    }
  }

  private mutating func updateFile(
    _ path: String, named name: String, files: inout SourceFiles
  ) throws(DiagnosticError) {
    let source = try ManifestFiles.read(path)
    let file = files.add(source)
    let update: ImageSetters.Update
    do throws(DiagnosticError) {
      update = try setters.update(source, file: file)
    } catch {
      found += error.diagnostics
      return
    }
    for (setter, span) in update.markers {
      let policy = setter.split(separator: ":", omittingEmptySubsequences: false).prefix(2)
        .joined(separator: ":")
      if policies.contains(policy) {
        used.insert(policy)
      } else {
        let suggestion = Spelling.nearest(to: policy, among: policies.sorted())
        found.append(
          Diagnostic(
            "unknown-policy", .note, "nothing was chosen for the policy '\(policy)'",
            detail: suggestion.map { "Did you mean '\($0)'?" }, span: span))
      }
    }
    guard update.bytes != source.bytes else { return }
    edits.append(FileEdits.Edit(path: path, old: source.bytes, new: update.bytes))
    let lines = LineIndex(source)
    for change in update.changes {
      changes.append((name, change))
      let line = lines.lineNumber(of: change.span.bytes.lowerBound)
      report.append("\(path):\(line): \(change.oldValue) -> \(change.newValue)")
    }
  }
}
