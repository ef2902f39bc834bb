internal import Crypto
internal import ImageTags
internal import OverlayKit
internal import SourceText
internal import ToolSupport

/// Gives images the tags of Skaffold's policies; one moment counts for all of them.
struct ArtifactTagger {
  typealias Policy = SkaffoldConfiguration.TagPolicy

  /// An image with what its tag may depend on.
  struct Artifact {
    var image: String
    var sources: ArtifactSources
    /// The images it is built on, and those below them.
    var bases: [ArtifactSources] = []
    var policy: Policy
  }

  let moment: Moment

  /// The image with its tag.
  func fullName(_ artifact: Artifact) throws(DiagnosticError) -> String {
    let tag = try tag(artifact, artifact.policy)
    do throws(ImageReference.ParseError) {
      return try SkaffoldImage.fullName(artifact.image, tag: tag)
    } catch {
      throw failure("bad-image", "\(artifact.image): \(error)")
    }
  }

  private func tag(_ artifact: Artifact, _ policy: Policy) throws(DiagnosticError) -> String {
    let image = artifact.image
    switch policy {
    case .gitCommit(let variant, let prefix, let ignoresChanges):
      guard let kind = GitCommitTagger.Variant(variant) else {
        let names = GitCommitTagger.Variant.allCases.map(\.rawValue).joined(separator: ", ")
        throw failure("unknown-variant", "'\(variant)' is no variant: \(names)")
      }
      do throws(GitFailure) {
        return try GitCommitTagger(kind, prefix: prefix, ignoresChanges: ignoresChanges)
          .tag(GitWorkTree(folder: artifact.sources.context).run)
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
      return try custom(template, components, artifact)
    case .inputDigest: return try inputDigest(artifact)
    }
  }

  private func inputDigest(_ artifact: Artifact) throws(DiagnosticError) -> String {
    let digest = InputDigest(
      md5: { Self.hexadecimal(Insecure.MD5.hash(data: $0)) },
      sha256: { Self.hexadecimal(SHA256.hash(data: $0)) })
    let context = try artifact.sources.buildContext()
    var bases: [BuildContext] = []
    for base in artifact.bases { bases.append(try base.buildContext()) }
    do throws(BuildContext.Failure) {
      return try digest.tag(of: context, on: bases)
    } catch {
      throw failure("unknown-inputs", "\(artifact.image): \(error)")
    }
  }

  private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func custom(
    _ template: String, _ components: [SkaffoldConfiguration.Component], _ artifact: Artifact
  ) throws(DiagnosticError) -> String {
    var values: [String: String] = [:]
    for component in components {
      values[component.name] = try tag(artifact, component.policy)
    }
    // Skaffold's own components, where the template uses them and the file does not define them.
    let standard: [(String, Policy)] = [
      ("GIT", SkaffoldConfiguration.standardPolicy), ("SHA", .sha256),
      ("DATE", .dateTime(format: "", timezone: "")), ("INPUT_DIGEST", .inputDigest),
    ]
    for (name, policy) in standard where values[name] == nil && template.contains("." + name) {
      values[name] = try tag(artifact, policy)
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
