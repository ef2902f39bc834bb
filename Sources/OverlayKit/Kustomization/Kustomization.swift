internal import ManifestKit
internal import SourceText

/// What a kustomization file says, with the place of each entry.
struct Kustomization {
  enum Kind: String {
    case kustomization = "Kustomization"
    case component = "Component"
  }

  /// A text and where it stands.
  struct Entry {
    var text: String
    var span: SourceSpan
    /// How many lines of the scalar's text come before this text.
    var skippedLines = 0

    /// The entry without white space at both ends.
    var trimmed: Entry {
      let scalars = text.unicodeScalars
      let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
      let end = scalars[start...].lastIndex { !$0.properties.isWhitespace }
      let kept = end.map { scalars[start...$0] } ?? scalars[start..<start]
      let skipped = scalars[..<start].count { $0 == "\n" }
      return Entry(text: String(kept), span: span, skippedLines: skippedLines + skipped)
    }
  }

  /// One entry of `labels`.
  struct Labels {
    var pairs: [(key: String, value: String)] = []
    var includeSelectors = false
    var includeTemplates = false
    var fields: [FieldSpec] = []
  }

  /// One entry of `patches` or `patchesJson6902`.
  struct Patch {
    var path: Entry?
    var inline: Entry?
    var target: Selector?
    var options: [String: Bool] = [:]
    var span: SourceSpan
  }

  /// One entry of `vars`.
  struct Variable {
    var name: String
    var gvk: GroupVersionKind
    var objectName: String
    var objectNamespace: String
    var fieldPath: String
    var span: SourceSpan
  }

  /// `openapi`.
  struct OpenAPI {
    var version: String?
    var path: Entry?
    var span: SourceSpan
  }

  /// `sortOptions`, of which only those of the kustomization that is built are looked at.
  struct SortOptions {
    struct Legacy {
      var first: [String]
      var last: [String]
      var span: SourceSpan
    }

    var order: String
    var legacy: Legacy?
    var span: SourceSpan
  }

  var kind = Kind.kustomization
  /// The name of the file.
  var fileName = "kustomization.yaml"
  var span: SourceSpan
  /// Where each field's name stands.
  var fieldSpans: [String: SourceSpan] = [:]
  /// Whether the file sets anything at all.
  var isEmpty = true

  var resources: [Entry] = []
  var components: [Entry] = []
  var crds: [Entry] = []
  var configurations: [Entry] = []
  var generators: [Entry] = []
  var transformers: [Entry] = []
  var validators: [Entry] = []

  var namespace = ""
  var namePrefix = ""
  var nameSuffix = ""
  var commonLabels: [(key: String, value: String)] = []
  var labels: [Labels] = []
  var commonAnnotations: [(key: String, value: String)] = []

  var strategicMergePatches: [Entry] = []
  var json6902Patches: [Patch] = []
  var patches: [Patch] = []
  var images: [ImageOverride] = []
  var replicas: [ReplicaOverride] = []
  var replacements: [ReplacementSource] = []
  var variables: [Variable] = []

  var configMaps: [GeneratorArguments] = []
  var secrets: [GeneratorArguments] = []
  var generatorOptions = GeneratorOptions()

  var openAPI: OpenAPI?
  var sortOptions: SortOptions?
  var buildMetadata: Set<String> = []
  var charts: [HelmChart] = []
}
