import OverlayExercise
import TestSupport
import Testing

@Suite struct RobustnessTests {
  private static let trees = Repository.files(below: "Fixtures/OverlayKit/trees")

  @Test(arguments: trees) func promisesHoldForTrees(path: String) throws {
    try OverlayExercise.run(try Repository.bytes(path))
  }

  /// A bounded part of what `overlay-fuzz` runs.
  @Test func promisesHoldForChangedTrees() throws {
    let mutator = TreeMutator(try Self.trees.map(Repository.bytes))
    for number in 0..<600 as Range<UInt64> {
      do throws(OverlayExercise.Breach) { try OverlayExercise.run(mutator.tree(number)) } catch {
        Issue.record("tree \(number): \(error)")
      }
    }
  }
}
