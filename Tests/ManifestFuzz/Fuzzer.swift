// Looks for bytes that ManifestKit cannot take, in one of two ways.
//
// Some files, or with --mutations every prefix and every single-byte mutation of them too:
//
//   swift run -c release manifest-fuzz [--mutations] FILE…
//
// Guided by coverage, with libFuzzer's own options, from a folder of seeds:
//
//   swift build -c release --scratch-path .build-fuzz --product manifest-fuzz \
//     -Xswiftc -sanitize=fuzzer -Xswiftc -DFUZZING
//   .build-fuzz/release/manifest-fuzz -max_total_time=3600 -timeout=1 -rss_limit_mb=1024 SEEDS

internal import ManifestExercise
internal import SourceText

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

@main
enum Fuzzer {
  #if FUZZING
    static func main() {
      var count = CommandLine.argc
      var arguments: UnsafeMutablePointer? = CommandLine.unsafeArgv
      exit(runLibFuzzer(&count, &arguments, fuzzOneInput))
    }
  #else
    static func main() {
      var arguments = CommandLine.arguments.dropFirst()
      let isThorough = arguments.first == "--mutations"
      if isThorough { arguments.removeFirst() }
      var failures = 0
      for path in arguments {
        guard let bytes = try? LocalFileSystem().read(path) else { continue }
        do throws(ManifestExercise.Breach) {
          try ManifestExercise(allowsRefusedLayouts: false).run(bytes)
        } catch {
          failures += 1
          print("\(path): \(error)")
        }
        guard isThorough else { continue }
        let outcome = Mutations(of: bytes).exercise { print("\(path): \($0)") }
        failures += outcome.failures
        let slowest = Double(Int(outcome.slowest * 10)) / 10
        print(
          "\(path): \(bytes.count) bytes, \(outcome.count) mutations, \(outcome.failures) broken,",
          "slowest \(slowest) ms")
        fflush(nil)
      }
      print("\(arguments.count) files, \(failures) broken promises")
      exit(failures == 0 ? 0 : 1)
    }
  #endif
}

#if FUZZING
  /// libFuzzer's driver, which the sanitizer links in.
  @_silgen_name("LLVMFuzzerRunDriver")
  private func runLibFuzzer(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
  ) -> Int32

  /// What libFuzzer calls; ends the process where a promise is broken.
  @_cdecl("LLVMFuzzerTestOneInput")
  func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    do throws(ManifestExercise.Breach) {
      try ManifestExercise(allowsRefusedLayouts: true).run(
        Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
      print(error)
      fflush(nil)
      abort()
    }
    return 0
  }
#endif
