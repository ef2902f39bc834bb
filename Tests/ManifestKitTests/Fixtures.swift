import ManifestKit
import SourceText

/// A parsed text.
func stream(
  _ text: String, limits: YAMLLimits = YAMLLimits(), isStrict: Bool = false
) throws -> YAMLStream {
  try YAMLStream(
    parsing: SourceFile(name: "test.yaml", text: text), limits: limits, isStrict: isStrict)
}

/// The value of the first document of a text.
func root(_ text: String) throws -> YAMLNode { try stream(text).documents[0].root }

/// The canonical form of all documents of a text.
func canonical(_ text: String) throws -> String {
  var tree = ValueTree()
  let roots = try tree.add(documentsOf: stream(text))
  return try CanonicalYAML.text(of: roots, in: tree)
}

/// A manifest with a bit of everything: styles, comments, anchors, documents, odd scalars.
let sampler = """
  # Deployment of the web
  apiVersion: apps/v1   # api
  kind: Deployment

  metadata:
      name: "web"      # four spaces here
      labels: &labels { app: web,   tier: 'front' }   # flow
  spec:
    replicas: 3  # scale me
    template:
      metadata:
        labels: *labels
      spec:
        containers:
        # first
        - name: app
          image: app:1      # i

          args: ["--a",   '--b']
          command:
          - sh
          - -c
          - |
            echo "héllo 🎉"
              exit 1
        -   name: side
            image:   side:1
            note: >-
              folded
              text
  # the end
  ---
  ? a key
  : {}
  empty:
  list: []

  """
