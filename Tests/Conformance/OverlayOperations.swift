internal import SourceText

/// The operations of this library, by name.
let overlayOperations: [String: Operation] = [:]
