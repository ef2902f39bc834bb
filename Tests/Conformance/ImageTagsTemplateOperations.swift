internal import ImageTags
internal import SourceText

let templateOperations: [String: Operation] = [
  "skaffold.envTemplate": { (input) throws(Refusal) in
    do throws(GoTemplate.Failure) {
      return .string(
        try TemplateTagger.environmentTag(
          input.textOrEmpty("template"), image: input.textOrEmpty("image"),
          environment: fields(input["env"])))
    } catch {
      throw Refusal(message: error.description)
    }
  },
  "skaffold.customTemplate": { (input) throws(Refusal) in
    do throws(GoTemplate.Failure) {
      return .string(
        try TemplateTagger.customTag(
          input.textOrEmpty("template"), components: fields(input["components"])))
    } catch {
      throw Refusal(message: error.description)
    }
  },
]

private func fields(_ object: JSONValue?) -> [String: String] {
  (object?.members ?? []).reduce(into: [:]) { $0[$1.name] = $1.value.stringValue }
}
