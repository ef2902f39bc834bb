#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A point in time, as the system's clock gives it.
struct Moment {
  let seconds: Int64
  let nanosecond: Int

  static func now() -> Moment {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Moment(seconds: Int64(now.tv_sec), nanosecond: Int(now.tv_nsec))
  }
}
