internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Runs a function over many values on all cores.
///
/// Plain threads with the stack of the first one, since nesting is bounded with that in mind; those of
/// thread pools have less.
public enum ParallelMap {
  /// How many threads can run at once.
  public static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The results in the order of the values; values are taken up one by one by whichever thread is
  /// free.
  public static func map<Value: Sendable, Result: Sendable>(
    _ values: [Value], workers: Int = coreCount, _ body: @escaping @Sendable (Value) -> Result
  ) -> [Result] {
    guard values.count > 1, workers > 1 else { return values.map(body) }
    let work = Work(values, body)
    var threads: [pthread_t] = []
    for _ in 1..<min(workers, values.count) {
      if let thread = start(work) { threads.append(thread) }
    }
    work.run()
    for thread in threads { pthread_join(thread, nil) }
    return work.results
  }

  /// Starts a thread; `nil` where the system has none left, which only makes the work take longer.
  private static func start(_ work: any Runnable) -> pthread_t? {
    let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
    pthread_attr_init(attributes)
    defer {
      pthread_attr_destroy(attributes)
      attributes.deallocate()
    }
    // As much as the first thread has: nesting is bounded with that in mind.
    pthread_attr_setstacksize(attributes, 8 << 20)
    let box = Unmanaged.passRetained(Box(work))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let status = pthread_create(
      &thread, attributes,
      { argument in
        #if canImport(Darwin)
          let argument: UnsafeMutableRawPointer? = argument
        #endif
        if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().work.run() }
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      box.release()
      return nil
    }
    return thread
  }

  private protocol Runnable: Sendable {
    func run()
  }

  private final class Box {
    let work: any Runnable

    init(_ work: any Runnable) { self.work = work }
  }

  private final class Work<Value: Sendable, Result: Sendable>: Runnable {
    private let values: [Value]
    private let body: @Sendable (Value) -> Result
    private let next = Atomic<Int>(0)
    private let finished: Mutex<[Result?]>

    init(_ values: [Value], _ body: @escaping @Sendable (Value) -> Result) {
      self.values = values
      self.body = body
      finished = Mutex([Result?](repeating: nil, count: values.count))
    }

    var results: [Result] { finished.withLock { $0.compactMap { $0 } } }

    func run() {
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < values.count else { return }
        let result = body(values[index])
        finished.withLock { $0[index] = result }
      }
    }
  }
}
