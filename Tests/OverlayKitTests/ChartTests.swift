import OverlayKit
import SourceText
import Synchronization
import Testing

@Suite struct ChartTests {
  /// Notes what it is asked for, and renders one ConfigMap and one Service.
  private final class Renderer: ChartRenderer {
    let calls = Mutex<[String]>([])

    func pull(_ arguments: [String], configHome: String?) throws(ChartError) {
      calls.withLock { $0.append(arguments.joined(separator: " ")) }
      throw ChartError("no network")
    }

    func template(
      values: [UInt8], configHome: String?, _ arguments: (_ valuesFile: String) -> [String]
    ) throws(ChartError) -> [UInt8] {
      calls.withLock {
        $0.append(arguments("VALUES").joined(separator: " "))
        $0.append(String(decoding: values, as: UTF8.self))
      }
      let objects = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-chart}\n"
      return Array(objects.utf8)
    }
  }

  private func build(_ kustomization: String) -> (BuildResult, [String]) {
    let renderer = Renderer()
    var options = OverlayBuilder.Options()
    options.charts = ChartOptions(renderer)
    options.charts?.kubeVersion = "1.30"
    let files = MemoryFileSystem([
      "/o/kustomization.yaml": kustomization, "/o/charts/my/values.yaml": "a: {b: 1, c: 2}\n",
      "/o/more.yaml": "d: 4\n", "/o/s.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n",
    ])
    let result = OverlayBuilder(fileSystem: files, options: options).build("/o")
    return (result, renderer.calls.withLock { $0 })
  }

  @Test(arguments: [
    ("name: my", "template --generate-name /o/charts/my -f VALUES --kube-version 1.30"),
    (
      "{name: my, releaseName: r, includeCRDs: true, skipHooks: true, kubeVersion: '1.29', apiVersions: [a/v1]}",
      "template r /o/charts/my -f VALUES --api-versions a/v1 --kube-version 1.29 --include-crds --no-hooks"
    ),
    (
      "{name: my, namespace: zone, additionalValuesFiles: [more.yaml], skipTests: true}",
      "template --generate-name /o/charts/my --namespace zone -f VALUES -f /o/more.yaml --kube-version 1.30 --skip-tests"
    ),
  ])
  func asksForWhatTheEntrySays(entry: String, call: String) {
    let (result, calls) = build("helmCharts:\n- \(entry)\n")
    #expect(result.diagnostics.isEmpty)
    #expect(calls.first == call)
  }

  @Test(arguments: [
    ("", "a: {b: 1, c: 2}\n"), ("valuesInline: {}", "a: {b: 1, c: 2}\n"),
    ("valuesInline: {a: {b: 9}, yes: y}", "a:\n  b: 9\n  c: 2\n\"true\": true\n"),
    ("valuesInline: {a: {b: 9}, d: 1.0}\n  valuesMerge: merge", "a:\n  b: 1\n  c: 2\nd: 1\n"),
    ("valuesInline: {a: {b: 9}}\n  valuesMerge: replace", "a:\n  b: 9\n"),
    ("valuesInline: {a: null}", "{}\n"),
  ])
  func valuesAreMerged(fields: String, values: String) {
    let (result, calls) = build("helmCharts:\n- name: my\n  \(fields)\n")
    #expect(result.diagnostics.isEmpty)
    #expect(calls.last == values)
  }

  @Test func prefixesReachChartsAndNamespacesDoNot() throws {
    let (result, calls) = build(
      "namespace: zone\nnamePrefix: p-\nresources: [s.yaml]\nhelmCharts: [{name: my}]\n")
    let yaml = String(decoding: try #require(result.yaml), as: UTF8.self)
    #expect(yaml.contains("name: p-from-chart\n---"))
    #expect(yaml.contains("name: p-s\n  namespace: zone\n"))
    #expect(calls.first?.contains("--namespace zone") == true)
  }

  @Test(
    arguments: [
      ("name: none", "chart-not-found", nil),
      (
        "{name: none, repo: 'https://c.io', version: 1.0.0, devel: true}", "chart-not-rendered",
        "pull --untar --untardir /o/charts/none-1.0.0 --repo https://c.io none --version 1.0.0 --devel"
      ),
      (
        "{name: none, repo: 'oci://c.io/x'}", "chart-not-rendered",
        "pull --untar --untardir /o/charts oci://c.io/x/none"
      ),
      ("{name: my, valuesFile: ../../etc/x}", "file-not-readable", nil),
      ("{name: ../my}", "bad-chart-name", nil), ("{name: my, unknown: 1}", "unknown-field", nil),
    ] as [(String, String, String?)])
  func failuresAreLocated(entry: String, id: String, call: String?) {
    let (result, calls) = build("helmCharts:\n- \(entry)\n")
    #expect(result.yaml == nil)
    #expect(result.diagnostics.map(\.id.description) == [id])
    #expect(result.diagnostics.first?.span != nil)
    #expect(calls.first == call)
  }
}
