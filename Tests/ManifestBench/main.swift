// Times reading, writing and checking of YAML beside a bare loop over libyaml's events on the same bytes,
// and prints a Markdown table:
//
//   manifest-bench [FILE.yaml …]
//
// Without files it makes its own: Deployments of about 550 bytes, 1 to 200 MB of them.

internal import CLibYAML
internal import ManifestKit
internal import SourceText

/// The best of some runs, in seconds.
func best(of runs: Int, _ body: () throws -> Void) rethrows -> Double {
  var best = Double.infinity
  for _ in 0..<runs {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    let parts = (clock.now - start).components
    best = min(best, Double(parts.seconds) + Double(parts.attoseconds) * 1e-18)
  }
  return best
}

/// Reads all events and throws them away.
func countEvents(_ bytes: [UInt8]) -> Int {
  var parser = yaml_parser_t()
  var event = yaml_event_t()
  var count = 0
  yaml_parser_initialize(&parser)
  bytes.withUnsafeBufferPointer { buffer in
    yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
    var isDone = false
    while !isDone, yaml_parser_parse(&parser, &event) == 1 {
      count += 1
      isDone = event.type == YAML_STREAM_END_EVENT
      yaml_event_delete(&event)
    }
  }
  yaml_parser_delete(&parser)
  return count
}

/// Deployments, each a document, until there are so many megabytes.
func sample(megabytes: Int) -> SourceFile {
  let object = """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      labels: {app: web, tier: front}
    spec:
      replicas: 3 # scale
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
          - name: app
            image: "registry.example.com/team/web:1.2.3"
            args: ["--port", "8080"]
            ports:
            - containerPort: 8080
            env:
            - name: MODE
              value: production
            resources:
              limits:
                cpu: 500m
                memory: 256Mi
    ---

    """
  let count = megabytes * 1_000_000 / object.utf8.count
  return SourceFile(
    name: "\(megabytes) MB of Deployments", text: String(repeating: object, count: count))
}

/// A number with two digits behind the point.
func decimal(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let rest = hundredths % 100
  return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}

/// Measures one file and prints its row.
func measure(_ file: SourceFile) throws {
  let size = file.bytes.count
  let runs = size > 20_000_000 ? 2 : 5
  func nanoseconds(_ seconds: Double) -> String { decimal(seconds * 1e9 / Double(size)) }
  let bare = best(of: runs) { _ = countEvents(file.bytes) }
  let parsed = try best(of: runs) { _ = try YAMLStream(parsing: file) }
  let stream = try YAMLStream(parsing: file)
  let validator = ManifestValidator()
  let documents = stream.documents
  let validated = best(of: runs) {
    for document in documents { _ = validator.verdicts(of: document) }
  }
  var values = ValueTree()
  let roots = try values.add(documentsOf: stream)
  let written = try best(of: runs) { _ = try CanonicalYAML.text(of: roots, in: values) }
  let columns = [
    file.name, nanoseconds(bare), nanoseconds(parsed), decimal(parsed / bare) + " ×",
    decimal(Double(stream.treeByteCount) / Double(size)),
    "\(Int(Double(documents.count) / validated))",
    nanoseconds(written),
  ]
  print("| " + columns.joined(separator: " | ") + " |")
}

print(
  """
  | input | libyaml's events, ns/byte | parse, ns/byte | ratio | tree, bytes/byte | \
  validated objects/s | canonical output, ns/byte |
  | --- | --- | --- | --- | --- | --- | --- |
  """)
let paths = CommandLine.arguments.dropFirst()
for path in paths {
  try measure(SourceFile(name: path, bytes: try LocalFileSystem().read(path)))
}
if paths.isEmpty {
  for megabytes in [1, 10, 50, 200] { try measure(sample(megabytes: megabytes)) }
}
