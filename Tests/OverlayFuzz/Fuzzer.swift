// Looks for trees that OverlayKit cannot take: random changes of some trees, for a time.
//
//   overlay-fuzz SECONDS FIRST_NUMBER TREE…       the trees of FIRST_NUMBER and those after it
//   overlay-fuzz --print NUMBER TREE…             one of them, as a text
//   overlay-fuzz --once TREE…                     the trees themselves
//
// What traps or hangs is the number that was printed last on standard error; a tree that takes longer
// than a second is told of too.

internal import OverlayExercise
internal import SourceText

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

@main
enum Fuzzer {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count > 1 else {
      print("usage: overlay-fuzz SECONDS FIRST_NUMBER TREE…")
      exit(64)
    }
    let first = arguments.removeFirst()
    if first == "--once" { exit(once(arguments)) }
    let number = UInt64(arguments.removeFirst()) ?? 0
    let mutator = TreeMutator(arguments.compactMap { try? LocalFileSystem().read($0) })
    if first == "--print" {
      print(String(decoding: mutator.tree(number), as: UTF8.self))
    } else {
      exit(search(for: .seconds(Int(first) ?? 60), from: number, mutator))
    }
  }

  private static func once(_ paths: [String]) -> Int32 {
    var failures = 0
    for path in paths {
      guard let bytes = try? LocalFileSystem().read(path) else { continue }
      do throws(OverlayExercise.Breach) { try OverlayExercise.run(bytes) } catch {
        failures += 1
        print("\(path): \(error)")
      }
    }
    return failures == 0 ? 0 : 1
  }

  private static func search(
    for time: Duration, from first: UInt64, _ mutator: TreeMutator
  ) -> Int32 {
    let clock = ContinuousClock()
    let end = clock.now + time
    var number = first
    var failures = 0
    while clock.now < end {
      // In place, so that the last number is there after a crash.
      Array("\r\(number)".utf8).withUnsafeBytes { _ = write(2, $0.baseAddress, $0.count) }
      let start = clock.now
      do throws(OverlayExercise.Breach) { try OverlayExercise.run(mutator.tree(number)) } catch {
        failures += 1
        print("\(number): \(error)")
      }
      let took = clock.now - start
      if took > .seconds(1) { print("\(number): took \(took)") }
      number += 1
    }
    print("\(number - first) trees, \(failures) broken promises")
    return failures == 0 ? 0 : 1
  }
}
