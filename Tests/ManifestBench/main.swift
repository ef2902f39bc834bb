// Times reading and writing of YAML beside a bare loop over libyaml's events:
//
//   manifest-bench [FILE.yaml …]
//
// Without files it makes its own: many small Deployments, and some large definitions.

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

func sample(count: Int) -> SourceFile {
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
  return SourceFile(
    name: "\(count) deployments", text: String(repeating: object, count: count))
}

func row(_ name: String, _ seconds: Double, _ bytes: Int, _ note: String = "") {
  func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
  let rate = Double(bytes) / seconds / 1e6
  print(
    column("  " + name, 26) + column("\(Int(seconds * 1e5) / 100) ms", 12)
      + column("\(Int(rate)) MB/s", 12) + note)
}

let files =
  CommandLine.arguments.count > 1
  ? try CommandLine.arguments.dropFirst().map {
    SourceFile(name: $0, bytes: try LocalFileSystem().read($0))
  }
  : [sample(count: 100), sample(count: 5000)]

for file in files {
  let size = file.bytes.count
  print("\(file.name): \(size) bytes")
  let bare = best(of: 5) { _ = countEvents(file.bytes) }
  row("libyaml events", bare, size, "\(countEvents(file.bytes)) events")
  let parsed = try best(of: 5) { _ = try YAMLStream(parsing: file) }
  row("parse", parsed, size, "\(Int(parsed / bare * 100)) % of libyaml")
  let stream = try YAMLStream(parsing: file)
  var tree = ValueTree()
  let roots = try tree.add(documentsOf: stream)
  let loaded = try best(of: 5) {
    var tree = ValueTree()
    _ = try tree.add(documentsOf: stream)
  }
  row("load", loaded, size, "\(tree.nodeCount) nodes")
  let written = try best(of: 5) { _ = try CanonicalYAML.text(of: roots, in: tree) }
  row("write", written, size)
  let validator = ManifestValidator()
  let objects = stream.documents.count
  let validated = best(of: 3) {
    for document in stream.documents { _ = validator.verdicts(of: document) }
  }
  row("validate", validated, size, "\(Int(Double(objects) / validated)) objects/s")
}
