import ManifestKit
import SourceText
import TestSupport
import Testing

/// The drawing, read back from the page: boxes do not overlap, and no line runs behind a box that is
/// not its own.
@Suite struct GraphTests {
  private struct Point {
    var x: Double
    var y: Double
  }

  private struct Drawing {
    var boxes: [Point] = []
    /// For each line its two boxes and points along it.
    var lines: [(from: Int, to: Int, points: [Point])] = []
    static let width = 220.0
    static let height = 40.0

    init(_ set: ResourceSet) {
      let graph = ResourceGraph(set)
      let page = graph.html(title: "test", set: set, findings: [])
      boxes = page.matches(of: /class="node[^"]*" id="n\d+" transform="translate\((\d+) (\d+)\)"/)
        .map { Point(x: Double($0.1) ?? -1, y: Double($0.2) ?? -1) }
      let paths = page.matches(of: /<path class="edge" id="e\d+" d="([^"]+)"/).map { $0.1 }
      lines = zip(graph.edges, paths).map { ($0.from, $0.to, Self.points(on: $1)) }
    }

    /// Points along a path of `M`, `C` and `H`.
    private static func points(on path: Substring) -> [Point] {
      var points: [Point] = []
      for command in path.matches(of: /([MCH])([\d. -]+)/) {
        let numbers = command.2.split(separator: " ").compactMap { Double($0) }
        let start = points.last ?? Point(x: 0, y: 0)
        switch command.1 {
        case "M": points.append(Point(x: numbers[0], y: numbers[1]))
        case "H":
          for step in 1...40 {
            points.append(
              Point(x: start.x + (numbers[0] - start.x) * Double(step) / 40, y: start.y))
          }
        default:
          for step in 1...40 {
            let t = Double(step) / 40
            let u = 1 - t
            func at(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
              u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d
            }
            points.append(
              Point(
                x: at(start.x, numbers[0], numbers[2], numbers[4]),
                y: at(start.y, numbers[1], numbers[3], numbers[5])))
          }
        }
      }
      return points
    }

    func overlappingBoxes() -> Int {
      boxes.indices.reduce(0) { count, index in
        count
          + boxes[..<index].count {
            abs($0.x - boxes[index].x) < Self.width && abs($0.y - boxes[index].y) < Self.height
          }
      }
    }

    func linesBehindBoxes() -> Int {
      lines.count { line in
        boxes.indices.contains { index in
          index != line.from && index != line.to
            && line.points.contains { point in
              point.x > boxes[index].x && point.x < boxes[index].x + Self.width
                && point.y > boxes[index].y && point.y < boxes[index].y + Self.height
            }
        }
      }
    }
  }

  private func manifests(namespaces: Int, services: Int) -> String {
    var text = ""
    func add(_ apiVersion: String, _ kind: String, _ name: String, _ namespace: Int, _ rest: String)
    {
      text += "---\napiVersion: \(apiVersion)\nkind: \(kind)\n"
      text += "metadata: {name: \(name), namespace: space-\(namespace)}\n\(rest)\n"
    }
    for space in 0..<namespaces {
      for number in 0..<services {
        let name = "a-service-with-a-rather-long-name-\(number)"
        add("v1", "Service", name, space, "spec: {selector: {app: \(name)}}")
        add("v1", "ConfigMap", name, space, "")
        let container =
          "{envFrom: [{configMapRef: {name: \(name)}}, {secretRef: {name: s\(number % 3)}}]}"
        add(
          "apps/v1", "Deployment", name, space,
          "spec: {template: {metadata: {labels: {app: \(name)}}, "
            + "spec: {serviceAccountName: robot, containers: [\(container)]}}}")
        add(
          "autoscaling/v2", "HorizontalPodAutoscaler", name, space,
          "spec: {scaleTargetRef: {kind: Deployment, name: \(name)}}")
        add(
          "networking.k8s.io/v1", "Ingress", "web-\(number)", space,
          "spec: {tls: [{secretName: s\(number % 3)}], "
            + "defaultBackend: {service: {name: a-service-with-a-rather-long-name-\(number)}}}")
        add("v1", "LimitRange", "limits-\(number)", space, "")
      }
      // From one namespace into another, and from right to left.
      add(
        "kustomize.toolkit.fluxcd.io/v1", "Kustomization", "apps", space,
        "spec: {sourceRef: {kind: GitRepository, name: all, namespace: space-0}, "
          + "dependsOn: [{name: base}], postBuild: {substituteFrom: [{kind: Secret, name: s0}]}}")
    }
    return text
  }

  @Test(arguments: [(1, 1), (1, 8), (3, 18), (2, 30)])
  func boxesAndLinesKeepApart(namespaces: Int, services: Int) throws {
    let set = ResourceSet([try stream(manifests(namespaces: namespaces, services: services))])
    let drawing = Drawing(set)
    #expect(drawing.boxes.count >= set.objects.count && drawing.lines.count > set.objects.count / 2)
    #expect(drawing.overlappingBoxes() == 0)
    #expect(drawing.linesBehindBoxes() == 0)
  }

  @Test func theReferenceProjectIsReadable() throws {
    let text =
      try Repository.text("Fixtures/OverlayKit/newproject/prod.yaml")
      + Repository.files(below: "Fixtures/newproject/clusters/prod").map {
        "---\n" + (try Repository.text($0))
      }.joined()
    let drawing = Drawing(ResourceSet([try stream(text)]))
    #expect(drawing.boxes.count > 15)
    #expect(drawing.overlappingBoxes() == 0)
    #expect(drawing.linesBehindBoxes() == 0)
  }

  @Test func nothingIsDrawnForNothing() {
    let set = ResourceSet([])
    #expect(ResourceGraph(set).html(title: "", set: set, findings: []).contains("<svg"))
  }

  @Test func thePageIsTheSameEachTime() throws {
    let text = manifests(namespaces: 3, services: 5)
    let pages = try (0..<3).map { _ in
      let set = ResourceSet([try stream(text)])
      return ResourceGraph(set).html(title: "", set: set, findings: [])
    }
    #expect(Set(pages).count == 1)
  }
}
