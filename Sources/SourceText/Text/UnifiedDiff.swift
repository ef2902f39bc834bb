/// The difference of two texts in the unified format that `diff -u`, `git apply` and `patch` know.
public enum UnifiedDiff {
  /// The difference, with file headers; empty where the texts are equal.
  ///
  /// - Parameters:
  ///   - old: The text before.
  ///   - new: The text after.
  ///   - path: The name that both headers give.
  ///   - folders: What stands before the path in the headers.
  ///   - context: How many equal lines are shown around a change.
  /// - Complexity: O(lines × changes); meant for edits of a few lines.
  public static func text(
    old: [UInt8], new: [UInt8], path: String,
    folders: (old: String, new: String) = ("a", "b"), context: Int = 3
  ) -> String {
    guard old != new else { return "" }
    let before = lines(old)
    let after = lines(new)
    var output = "--- \(folders.old)/\(path)\n+++ \(folders.new)/\(path)\n"
    for hunk in hunks(steps(before, after), context: context) {
      output += hunk.text(before, after)
    }
    return output
  }

  private enum Step {
    case keep(Int, Int)
    case remove(Int)
    case insert(Int)

    var isKeep: Bool {
      if case .keep = self { true } else { false }
    }
  }

  private struct Hunk {
    var steps: [Step]

    func text(_ old: [Line], _ new: [Line]) -> String {
      var body = ""
      var oldLines: [Int] = []
      var newLines: [Int] = []
      for step in steps {
        switch step {
        case .keep(let index, let other):
          oldLines.append(index)
          newLines.append(other)
          body += " " + old[index].text
        case .remove(let index):
          oldLines.append(index)
          body += "-" + old[index].text
        case .insert(let index):
          newLines.append(index)
          body += "+" + new[index].text
        }
      }
      return "@@ -\(range(oldLines)) +\(range(newLines)) @@\n" + body
    }

    private func range(_ lines: [Int]) -> String {
      guard let first = lines.first else { return "0,0" }
      return lines.count == 1 ? "\(first + 1)" : "\(first + 1),\(lines.count)"
    }
  }

  private struct Line: Hashable {
    let bytes: ArraySlice<UInt8>
    let isComplete: Bool

    var text: String {
      let text = String(decoding: bytes, as: UTF8.self) + "\n"
      return isComplete ? text : text + "\\ No newline at end of file\n"
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [Line] {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { Line(bytes: $0, isComplete: true) }
    if let last = lines.popLast(), !last.bytes.isEmpty {
      lines.append(Line(bytes: last.bytes, isComplete: false))
    }
    return lines
  }

  private static func steps(_ old: [Line], _ new: [Line]) -> [Step] {
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var steps: [Step] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if removed.contains(left) {
        steps.append(.remove(left))
        left += 1
      } else if inserted.contains(right) {
        steps.append(.insert(right))
        right += 1
      } else {
        steps.append(.keep(left, right))
        left += 1
        right += 1
      }
    }
    return steps
  }

  private static func hunks(_ steps: [Step], context: Int) -> [Hunk] {
    var hunks: [Hunk] = []
    var current: [Step] = []
    var pending: [Step] = []
    for step in steps {
      guard step.isKeep else {
        current += pending
        current.append(step)
        pending = []
        continue
      }
      pending.append(step)
      if current.isEmpty {
        if pending.count > context { pending.removeFirst() }
      } else if pending.count > 2 * context {
        hunks.append(Hunk(steps: current + pending.prefix(context)))
        current = []
        pending = Array(pending.suffix(context))
      }
    }
    if !current.isEmpty { hunks.append(Hunk(steps: current + pending.prefix(context))) }
    return hunks
  }
}
