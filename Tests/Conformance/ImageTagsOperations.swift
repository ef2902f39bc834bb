internal import SourceText

/// The operations of this library, by name.
let imageOperations: [String: Operation] = [
  versionOperations, referenceOperations, policyOperations, releaseOperations, registryOperations,
  taggingOperations, gitOperations, templateOperations,
].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
