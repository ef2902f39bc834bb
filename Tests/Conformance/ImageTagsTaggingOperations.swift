internal import ImageTags
internal import SourceText

let taggingOperations: [String: Operation] = [:]
