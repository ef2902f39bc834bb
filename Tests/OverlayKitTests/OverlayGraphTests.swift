import OverlayKit
import SourceText
import Testing

@Suite struct OverlayGraphTests {
  private static let files = [
    "/m/base/kustomization.yaml": "resources: [pod.yaml]\n", "/m/base/pod.yaml": "",
    "/m/comp/kustomization.yaml": "kind: Component\nresources: [../../elsewhere]\n",
    "/elsewhere/kustomization.yml": "resources: ['github.com/org/repo//x?ref=v1']\n",
    "/m/dev/kustomization.yaml": "resources: [../base]\n",
    "/m/prod/Kustomization": "bases: [../base]\ncomponents: [../comp]\n",
    "/m/.cache/kustomization.yaml": "", "/m/loose/kustomization.yaml": "kind: Component\n",
  ]

  private var graph: OverlayGraph {
    OverlayGraph(below: ["/m"], fileSystem: MemoryFileSystem(Self.files))
  }

  @Test func knowsWhoUsesWhom() {
    let graph = graph
    #expect(graph.roots.map { graph.nodes[$0].path } == ["/m/dev", "/m/prod"])
    #expect(graph.users(of: "/m/base").map { graph.nodes[$0].path } == ["/m/dev", "/m/prod"])
    #expect(graph.users(of: "/elsewhere").map { graph.nodes[$0].path } == ["/m/comp", "/m/prod"])
    #expect(graph.users(of: "/none").isEmpty)
    #expect(graph.remotes.map(\.entry) == ["github.com/org/repo//x?ref=v1"])
  }

  @Test func isWrittenInEachFormat() {
    let graph = graph
    #expect(
      graph.text() == """
        m/dev
          m/base
        m/prod
          m/base
          m/comp (component)
            elsewhere
              github.com/org/repo//x?ref=v1 (remote)
        m/loose (component that nothing uses)

        """)
    #expect(graph.dot().contains("n4 -> n0;\n") && graph.dot().hasSuffix("}\n"))
    #expect(graph.mermaid().contains("([\"m/comp\"])\n"))
    #expect(graph.json()["roots"]?.elements?.count == 2)
  }

  @Test func anUnreadableKustomizationIsTold() {
    let files = ["/m/kustomization.yaml": "resources: {a: b}\n"]
    let graph = OverlayGraph(below: ["/m", "/none"], fileSystem: MemoryFileSystem(files))
    #expect(graph.nodes.count == 1)
    #expect(graph.diagnostics.count == 2)
    #expect(graph.diagnostics.contains { $0.span != nil })
  }

  @Test func circlesEnd() {
    let files = [
      "/m/a/kustomization.yaml": "resources: [../b]\n",
      "/m/b/kustomization.yaml": "resources: [../a]\n",
    ]
    let graph = OverlayGraph(below: ["/m"], fileSystem: MemoryFileSystem(files))
    #expect(graph.roots.isEmpty)
    #expect(graph.users(of: "/m/a").count == 2)
    #expect(graph.text().contains("(in a circle)"))
  }
}
