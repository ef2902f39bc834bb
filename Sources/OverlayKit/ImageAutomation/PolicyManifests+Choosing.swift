public import ImageTags
public import SourceText

extension PolicyManifests {
  /// What the policies chose.
  public struct Outcome: Sendable {
    /// The choices by policy, `namespace:name`, in the order the policies were read.
    public internal(set) var choices: [(policy: String, choice: ImageSetters.Choice)] = []
    /// Why a policy chose nothing.
    public internal(set) var diagnostics: [Diagnostic] = []
  }

  /// Lets every policy choose from the tags of its image.
  ///
  /// A policy that reflects digests takes them from the listing; with IfNotPresent, the digest that the
  /// manifest's status holds for the same tag stays.
  /// - Parameter automation: Only the policies that this automation uses choose.
  public func choose(
    from listing: TagListing, for automation: UpdateAutomation? = nil
  ) -> Outcome {
    var outcome = Outcome()
    for policy in policies where automation?.uses(policy) ?? true {
      do throws(DiagnosticError) {
        outcome.choices.append((policy.id, try choice(of: policy, from: listing)))
      } catch {
        outcome.diagnostics += error.diagnostics
      }
    }
    return outcome
  }

  private func choice(
    of policy: Policy, from listing: TagListing
  ) throws(DiagnosticError) -> ImageSetters.Choice {
    guard let image = image(of: policy) else {
      throw DiagnosticError(
        Diagnostic(
          "missing-repository", .error,
          "there is no ImageRepository '\(policy.repository)' for the policy '\(policy.id)'",
          span: policy.span))
    }
    let details = listing.details(of: image)
    let selection: Selection
    do throws(SelectionError) {
      let candidates = try candidates(of: policy, among: listing.tags(of: image))
      selection = try policy.policy.select(from: candidates, details: details)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          "no-tag-selected", .warning,
          "the policy '\(policy.id)' chooses nothing for \(image): \(error.description)",
          span: policy.span))
    }
    var choice = ImageSetters.Choice(name: image, tag: selection.latest)
    guard policy.digestReflection != .never else { return choice }
    if policy.digestReflection == .ifNotPresent, let latest = policy.latest, latest.name == image,
      latest.tag == choice.tag, !latest.digest.isEmpty
    {
      return latest
    }
    guard let digest = details[choice.tag]?.digest else {
      throw DiagnosticError(
        Diagnostic(
          "unknown-digest", .error,
          "the policy '\(policy.id)' takes the digest of \(image):\(choice.tag), which is not known",
          detail: "Give it with the tag, as 'name:tag@sha256:…'; 'image-list --details' does.",
          span: policy.span))
    }
    choice.digest = digest
    return choice
  }
}
