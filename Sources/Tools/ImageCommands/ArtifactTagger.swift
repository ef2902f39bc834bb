internal import ImageTags
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// Gives images the tags of Skaffold's policies; one moment counts for all of them.
struct ArtifactTagger {
  typealias Policy = SkaffoldConfiguration.TagPolicy

  let moment: Moment

  /// The image with its tag.
  mutating func fullName(
    _ image: String, context: String, _ policy: Policy
  ) throws(DiagnosticError) -> String {
    let tag = try tag(image, context, policy)
    do throws(ImageReference.ParseError) {
      return try SkaffoldImage.fullName(image, tag: tag)
    } catch {
      throw failure("bad-image", "\(image): \(error)")
    }
  }

  private func tag(
    _ image: String, _ context: String, _ policy: Policy
  ) throws(DiagnosticError) -> String {
    switch policy {
    case .gitCommit(let variant, let prefix, let ignoresChanges):
      guard let kind = GitCommitTagger.Variant(variant) else {
        let names = GitCommitTagger.Variant.allCases.map(\.rawValue).joined(separator: ", ")
        throw failure("unknown-variant", "'\(variant)' is no variant: \(names)")
      }
      do throws(GitFailure) {
        return try GitCommitTagger(kind, prefix: prefix, ignoresChanges: ignoresChanges)
          .tag(GitWorkTree(folder: context).run)
      } catch {
        throw failure("git-failed", error.description)
      }
    case .sha256:
      do throws(ImageReference.ParseError) {
        return try SkaffoldImage.sha256Tag(for: image)
      } catch {
        throw failure("bad-image", "\(image): \(error)")
      }
    case .dateTime(let format, let timezone): return try time(format, timezone)
    case .envTemplate(let template):
      do throws(GoTemplate.Failure) {
        return try TemplateTagger.environmentTag(
          template, image: image, environment: ProcessEnvironment.variables)
      } catch {
        throw failure("bad-template", error.description)
      }
    case .customTemplate(let template, let components):
      return try custom(template, components, image, context)
    case .inputDigest:
      throw failure(
        "input-digest-not-supported",
        "the tag policy inputDigest depends on what a build reads, which only the builder knows")
    }
  }

  private func custom(
    _ template: String, _ components: [SkaffoldConfiguration.Component], _ image: String,
    _ context: String
  ) throws(DiagnosticError) -> String {
    var values: [String: String] = [:]
    for component in components {
      values[component.name] = try tag(image, context, component.policy)
    }
    // Skaffold's own components, where the template uses them and the file does not define them.
    let standard: [(String, Policy)] = [
      ("GIT", SkaffoldConfiguration.standardPolicy), ("SHA", .sha256),
      ("DATE", .dateTime(format: "", timezone: "")), ("INPUT_DIGEST", .inputDigest),
    ]
    for (name, policy) in standard where values[name] == nil && template.contains("." + name) {
      values[name] = try tag(image, context, policy)
    }
    do throws(GoTemplate.Failure) {
      return try TemplateTagger.customTag(template, components: values)
    } catch {
      throw failure("bad-template", error.description)
    }
  }

  private func time(_ format: String, _ timezone: String) throws(DiagnosticError) -> String {
    let layout = format.isEmpty ? TimeLayout.skaffoldDefault : TimeLayout(format)
    let isLocal = timezone.isEmpty || timezone == "Local"
    let path = isLocal ? "/etc/localtime" : "/usr/share/zoneinfo/" + timezone
    var zone = TimeZoneRules.utc
    if timezone != "UTC" {
      let isName = !timezone.split(separator: "/").contains("..")
      if isName, let bytes = try? LocalFileSystem().read(path),
        let rules = try? TimeZoneRules(tzif: bytes)
      {
        zone = rules
      } else if !isLocal {
        throw failure("unknown-time-zone", "unknown time zone '\(timezone)'")
      }
    }
    return layout.format(
      CivilTime(unixSeconds: moment.seconds, nanosecond: moment.nanosecond, zone: zone))
  }

  private func failure(_ id: Diagnostic.ID, _ summary: String) -> DiagnosticError {
    DiagnosticError(Diagnostic(id, .error, summary))
  }
}
