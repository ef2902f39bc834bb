#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// `measure PROGRAM ARGUMENT…`: runs a program once, its output thrown away, and prints its wall time in
/// milliseconds, its peak of resident memory in KiB and its exit status.
///
/// A program's peak is at least that of whoever starts it, so the benchmarks start theirs through this
/// small one.
let arguments = Array(CommandLine.arguments.dropFirst())
guard let program = arguments.first else {
  print("usage: measure PROGRAM ARGUMENT…")
  exit(64)
}
let pointers = arguments.map { strdup($0) } + [nil]
var actions = posix_spawn_file_actions_t()
posix_spawn_file_actions_init(&actions)
posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
for descriptor in Int32(1)...2 {
  posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
}

func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
}

var process: pid_t = 0
let start = now()
guard posix_spawnp(&process, program, &actions, nil, pointers, environ) == 0 else {
  print("measure: cannot run \(program)")
  exit(2)
}
var status: Int32 = 0
var usage = rusage()
while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
let wall = now() - start
#if canImport(Darwin)
  let peak = usage.ru_maxrss / 1024
#else
  let peak = usage.ru_maxrss
#endif
let signal = status & 0x7F
print(wall, peak, signal == 0 ? status >> 8 & 0xFF : 128 + signal)
