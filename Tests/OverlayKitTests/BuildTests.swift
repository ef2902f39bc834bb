import OverlayKit
import Testing

/// A tree, and what its build prints.
struct BuildCase: Sendable, CustomTestStringConvertible {
  let name: String
  let tree: String
  let expected: String
  var testDescription: String { name }

  init(_ name: String, _ tree: String, _ expected: String) {
    self.name = name
    self.tree = tree
    self.expected = expected
  }
}

@Suite struct BuildTests {
  @Test(arguments: [
    BuildCase(
      "annotations become text, and go when there are none",
      """
      resources: [a.yaml]
      ## a.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a, annotations: {on-call: true}}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: b, annotations: {}}
      """,
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        annotations:
          on-call: "true"
        name: a
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: b

      """),
    BuildCase(
      "a generator that merges without hash takes the hash away",
      """
      resources: [base]
      configMapGenerator:
      - {name: c, behavior: merge, literals: [b=2], options: {disableNameSuffixHash: true}}
      ## base/kustomization.yaml
      configMapGenerator:
      - {name: c, literals: [a=1]}
      """,
      """
      apiVersion: v1
      data:
        a: "1"
        b: "2"
      kind: ConfigMap
      metadata:
        name: c

      """),
    BuildCase(
      "references follow names, hashes included",
      """
      namePrefix: p-
      resources: [pod.yaml]
      secretGenerator:
      - {name: s, literals: [a=1]}
      ## pod.yaml
      apiVersion: v1
      kind: Pod
      metadata: {name: pod}
      spec:
        containers:
        - {name: c, envFrom: [{secretRef: {name: s}}, {secretRef: {name: other}}]}
      """,
      """
      apiVersion: v1
      data:
        a: MQ==
      kind: Secret
      metadata:
        name: p-s-25khgmg44c
      type: Opaque
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: p-pod
      spec:
        containers:
        - envFrom:
          - secretRef:
              name: p-s-25khgmg44c
          - secretRef:
              name: other
          name: c

      """),
    BuildCase(
      "a configured field for one kind takes the place of the one for all",
      """
      namePrefix: p-
      resources: [a.yaml]
      configurations: [names.yaml]
      ## names.yaml
      namePrefix:
      - {path: metadata/name, kind: Host}
      ## a.yaml
      apiVersion: example.com/v1
      kind: Host
      metadata: {name: a}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: a}
      """,
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: a
      ---
      apiVersion: example.com/v1
      kind: Host
      metadata:
        name: p-a

      """),
    BuildCase(
      "variables are those of the kustomization that defines them",
      """
      resources: [left, right]
      ## left/kustomization.yaml
      namePrefix: x-
      resources: [a.yaml]
      vars:
      - {name: LEFT, objref: {apiVersion: v1, kind: Service, name: a}}
      ## left/a.yaml
      apiVersion: v1
      kind: Service
      metadata: {name: a, annotations: {peer: $(RIGHT)}}
      ## right/kustomization.yaml
      namePrefix: y-
      resources: [a.yaml]
      vars:
      - {name: RIGHT, objref: {apiVersion: v1, kind: Service, name: a}}
      ## right/a.yaml
      apiVersion: v1
      kind: Service
      metadata: {name: a, annotations: {peer: $(LEFT)}}
      """,
      """
      apiVersion: v1
      kind: Service
      metadata:
        annotations:
          peer: y-a
        name: x-a
      ---
      apiVersion: v1
      kind: Service
      metadata:
        annotations:
          peer: x-a
        name: y-a

      """),
    BuildCase(
      "JSON patches add what they replace, and count from the end",
      """
      resources: [a.yaml]
      patches:
      - target: {kind: ConfigMap}
        patch: |-
          - {op: replace, path: /data/new, value: "1"}
          - {op: remove, path: /list/-1}
      ## a.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a}
      data: {}
      list: [1, 2]
      """,
      """
      apiVersion: v1
      data:
        new: "1"
      kind: ConfigMap
      list:
      - 1
      metadata:
        name: a

      """),
    BuildCase(
      "replacements select by any name and reject by name or by label",
      """
      resources: [a.yaml]
      namePrefix: p-
      replacements:
      - source: {kind: ConfigMap, name: from, fieldPath: data.k}
        targets:
        - select: {kind: ConfigMap}
          reject: [{name: from}, {labelSelector: "keep=yes"}]
          fieldPaths: [data.k]
      ## a.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: from}
      data: {k: new}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: kept, labels: {keep: "yes"}}
      data: {k: old}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: set}
      data: {k: old}
      """,
      """
      apiVersion: v1
      data:
        k: new
      kind: ConfigMap
      metadata:
        name: p-from
      ---
      apiVersion: v1
      data:
        k: old
      kind: ConfigMap
      metadata:
        labels:
          keep: "yes"
        name: p-kept
      ---
      apiVersion: v1
      data:
        k: new
      kind: ConfigMap
      metadata:
        name: p-set

      """),
    BuildCase(
      "origins and transformers are told where they are asked for",
      """
      resources: [base]
      namePrefix: o-
      buildMetadata: [originAnnotations, transformerAnnotations]
      ## base/kustomization.yaml
      resources: [a.yaml]
      ## base/a.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a}
      """,
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        annotations:
          alpha.config.kubernetes.io/transformations: |
            - configuredIn: kustomization.yaml
              configuredBy:
                apiVersion: builtin
                kind: PrefixTransformer
          config.kubernetes.io/origin: |
            path: base/a.yaml
        name: o-a

      """),
    BuildCase(
      "plugins take paths from the kustomization that runs them, and numbers as text",
      """
      generators: [plugins]
      transformers:
      - |-
        apiVersion: builtin
        kind: LabelTransformer
        metadata: {name: l}
        labels: {area: 51}
        fieldSpecs: [{path: metadata/labels, create: true}]
      ## data.txt
      x
      ## plugins/kustomization.yaml
      resources: [generator.yaml]
      ## plugins/generator.yaml
      apiVersion: builtin
      kind: ConfigMapGenerator
      metadata: {name: c}
      files: [data.txt]
      options: {disableNameSuffixHash: true}
      """,
      """
      apiVersion: v1
      data:
        data.txt: |
          x
      kind: ConfigMap
      metadata:
        labels:
          area: "51"
        name: c

      """),
    BuildCase(
      "core namespaces come before others of that name",
      """
      resources: [a.yaml]
      ## a.yaml
      apiVersion: bus.example.com/v1
      kind: Namespace
      metadata: {name: a}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: b}
      """,
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: b
      ---
      apiVersion: bus.example.com/v1
      kind: Namespace
      metadata:
        name: a

      """),
    BuildCase(
      "configured label fields hold for labels with selectors too",
      """
      resources: [a.yaml]
      configurations: [c.yaml]
      labels: [{pairs: {a: b}, includeSelectors: true}]
      ## c.yaml
      labels: [{path: spec/labels, create: true, kind: Thing}]
      ## a.yaml
      {apiVersion: x/v1, kind: Thing, metadata: {name: a}}
      """,
      """
      apiVersion: x/v1
      kind: Thing
      metadata:
        labels:
          a: b
        name: a
      spec:
        labels:
          a: b

      """),
    BuildCase(
      "a patch with a target removes no annotations by null, nor an item that it does not name",
      """
      resources: [a.yaml]
      patches:
      - target: {kind: Deployment}
        patch: '{apiVersion: v1, kind: X, metadata: {name: q, annotations: null}}'
      ## a.yaml
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: a, annotations: {k: v}}
      spec: {template: {spec: {containers: [{name: c, args: null}]}}}
      """,
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        annotations:
          k: v
        name: a
      spec:
        template:
          spec:
            containers:
            - args: null
              name: c

      """),
    BuildCase(
      "quotes of a replica count stay; whatever is called default is moved",
      """
      resources: [a.yaml]
      namespace: live
      replicas: [{name: d, count: 2.0}]
      ## a.yaml
      {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: "1"}}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: b}
      subjects: [{kind: Group, name: default}]
      """,
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata:
        name: b
        namespace: live
      subjects:
      - kind: Group
        name: default
        namespace: live
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: d
        namespace: live
      spec:
        replicas: "2"

      """),
    BuildCase(
      "U+0085 folds like the line break that it is to YAML",
      """
      resources: [a.yaml]
      ## a.yaml
      {apiVersion: x/v1, kind: Thing, metadata: {name: a}, s: "a \\x85 b", t: "a\\x85\\x85b"}
      """,
      """
      apiVersion: x/v1
      kind: Thing
      metadata:
        name: a
      s: a b
      t: |-
        a
        b

      """),
    BuildCase(
      "a transformer is the origin of what has lost its own",
      """
      resources: [a.yaml]
      buildMetadata: [originAnnotations]
      patches:
      - target: {kind: Thing}
        patch: '[{"op": "add", "path": "/metadata/annotations", "value": {"k": "v"}}]'
      ## a.yaml
      {apiVersion: x/v1, kind: Thing, metadata: {name: a}}
      """,
      """
      apiVersion: x/v1
      kind: Thing
      metadata:
        annotations:
          config.kubernetes.io/origin: |
            configuredIn: kustomization.yaml
            configuredBy:
              apiVersion: builtin
              kind: PatchTransformer
          k: v
        name: a

      """),
  ])
  func builds(_ example: BuildCase) {
    let result = OverlayTree(example.tree).build()
    #expect(result.errors == [])
    #expect(result.text == example.expected)
  }
}
