/// A unified diff of two texts, three lines of context.
enum UnifiedDiff {
  static func text(old: [UInt8], new: [UInt8], name: String) -> String {
    let before = lines(old)
    let after = lines(new)
    var marks: [(kind: Character, line: Substring)] = []
    let difference = after.difference(from: before)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var i = 0
    var j = 0
    while i < before.count || j < after.count {
      if i < before.count, removed.contains(i) {
        marks.append(("-", before[i]))
        i += 1
      } else if j < after.count, inserted.contains(j) {
        marks.append(("+", after[j]))
        j += 1
      } else {
        marks.append((" ", before[i]))
        i += 1
        j += 1
      }
    }
    return "--- old/\(name)\n+++ new/\(name)\n" + hunks(marks)
  }

  private static func lines(_ bytes: [UInt8]) -> [Substring] {
    var lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func hunks(_ marks: [(kind: Character, line: Substring)]) -> String {
    let changed = marks.indices.filter { marks[$0].kind != " " }
    var output = ""
    var index = 0
    var position = (old: 1, new: 1, mark: 0)
    while index < changed.count {
      var last = index
      while last + 1 < changed.count, changed[last + 1] - changed[last] <= 6 { last += 1 }
      let start = max(0, changed[index] - 3)
      let end = min(marks.count, changed[last] + 4)
      while position.mark < start {
        position = (position.old + 1, position.new + 1, position.mark + 1)
      }
      let hunk = marks[start..<end]
      let oldCount = hunk.count { $0.kind != "+" }
      let newCount = hunk.count { $0.kind != "-" }
      output += "@@ -\(position.old),\(oldCount) +\(position.new),\(newCount) @@\n"
      for mark in hunk { output += "\(mark.kind)\(mark.line)\n" }
      let next = position.mark
      position = (position.old + oldCount, position.new + newCount, next + hunk.count)
      // A removal before the hunk never happens: hunks start in shared lines.
      index = last + 1
    }
    return output
  }
}
