// Looks for bytes that InfraPlan cannot take. Some files, such as those that a fuzzer found:
//
//   swift run infra-fuzz FILE…
//
// Whether formatting the Terraform files below some folders keeps their trees, and whether formatting
// twice changes nothing:
//
//   swift run infra-fuzz --layout FOLDER…
//
// Guided by coverage, with libFuzzer's own options, from a folder of seeds:
//
//   swift build -c release --scratch-path .build-fuzz --product infra-fuzz \
//     -Xswiftc -sanitize=fuzzer -Xswiftc -DFUZZING
//   .build-fuzz/release/infra-fuzz -max_total_time=3600 -timeout=1 -rss_limit_mb=1024 SEEDS
//
// INFRA_FUZZ=language or INFRA_FUZZ=evaluation in the environment spends all the time on one of them.

internal import InfraExercise
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
      // libFuzzer keeps the input of an abort, not of a trap.
      signal(SIGTRAP) { _ in abort() }
      exit(runLibFuzzer(&count, &arguments, fuzzOneInput))
    }
  #else
    static func main() {
      let arguments = CommandLine.arguments.dropFirst()
      if arguments.first == "--layout" {
        exit(checkLayout(below: arguments.dropFirst()) ? 0 : 1)
      }
      var failures = 0
      for path in arguments {
        guard let bytes = try? LocalFileSystem().read(path) else { continue }
        do throws(InfraExercise.Breach) { try InfraExercise.run(bytes) } catch {
          failures += 1
          print("\(path): does not hold: \(error.promise)")
        }
      }
      exit(failures == 0 ? 0 : 1)
    }

    /// Checks every native file below some folders, and says how many there were.
    private static func checkLayout(below folders: ArraySlice<String>) -> Bool {
      var (sound, broken, failures) = (0, 0, 0)
      var pending = Array(folders)
      while let path = pending.popLast() {
        if LocalFileSystem().kind(of: path) == .folder {
          pending += ((try? LocalFileSystem().list(path)) ?? []).map { path + "/" + $0 }
        }
        guard path.hasSuffix(".tf"), let bytes = try? LocalFileSystem().read(path) else { continue }
        do throws(InfraExercise.Breach) {
          if try InfraExercise.layout(bytes) { sound += 1 } else { broken += 1 }
        } catch {
          failures += 1
          print("\(path): does not hold: \(error.promise)")
        }
      }
      print(
        "\(sound + failures) files formatted, \(broken) with syntax errors, \(failures) failures")
      return failures == 0
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

  private let subject = getenv("INFRA_FUZZ").flatMap {
    InfraExercise.Subject(rawValue: String(cString: $0))
  }

  /// What libFuzzer calls; ends the process where a promise is broken.
  @_cdecl("LLVMFuzzerTestOneInput")
  func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    do throws(InfraExercise.Breach) {
      try InfraExercise.run(
        Array(UnsafeBufferPointer(start: start, count: count)), subject: subject)
    } catch {
      print(error)
      fflush(nil)
      abort()
    }
    return 0
  }
#endif
