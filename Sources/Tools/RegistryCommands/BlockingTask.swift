#if Registry
  internal import Dispatch
  internal import Synchronization

  /// Runs asynchronous work from a synchronous command and waits for its end.
  enum BlockingTask {
    static func run(_ body: @escaping @Sendable () async throws -> Void) throws {
      let done = DispatchSemaphore(value: 0)
      let failure = FailureBox()
      Task.detached {
        do {
          try await body()
        } catch {
          failure.set(error)
        }
        done.signal()
      }
      done.wait()
      if let error = failure.get() { throw error }
    }

    /// Carries the error to the waiting thread; shared, hence a class.
    private final class FailureBox: Sendable {
      private let error = Mutex<(any Error)?>(nil)

      func set(_ new: any Error) { error.withLock { $0 = new } }
      func get() -> (any Error)? { error.withLock { $0 } }
    }
  }
#endif
