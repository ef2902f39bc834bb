internal import Synchronization
internal import ToolSupport

/// Says how many objects have been checked.
///
/// A class because validation on several threads shares it.
final class ValidationProgress: Sendable {
  private struct State {
    var count = 0
    var line = ProgressLine()
  }

  private let state = Mutex(State())

  /// Counts objects.
  func add(_ count: Int) {
    state.withLock { state in
      state.count += count
      let count = state.count
      state.line.update("\(count) objects checked")
    }
  }

  /// Takes the line away.
  func clear() { state.withLock { $0.line.clear() } }
}
