// Answers conformance questions: one JSON object {"id","op","in"} a line on standard input, one
// {"id","out"} or {"id","err"} a line on standard output. Each operation calls public library API.

internal import SourceText

let operations = [imageOperations, manifestOperations, overlayOperations, fluxOperations]
  .reduce(into: [String: Operation]()) { $0.merge($1) { first, _ in first } }

while let line = readLine() {
  guard let question = try? JSONValue(parsing: line), let id = question["id"] else { continue }
  let answer: (String, JSONValue)
  if let name = question["op"]?.stringValue, let operation = operations[name] {
    do throws(Refusal) {
      answer = ("out", try operation(question["in"] ?? .null))
    } catch {
      answer = ("err", .string(error.message))
    }
  } else {
    answer = ("err", .string("unknown operation"))
  }
  let text = JSONValue.object([("id", id), answer]).text()
  print(text)
  flushOutput()
}
