internal import ManifestKit
internal import SourceText

/// In which order a build prints its resources.
struct SortOrder {
  enum Order: String {
    case legacy
    case fifo
  }

  var order: Order
  /// Kinds that come first, and kinds that come last, in these orders.
  var first = Self.firstKinds
  var last = Self.lastKinds

  static let firstKinds = [
    "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount",
    "PodSecurityPolicy", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap",
    "Secret", "Endpoints", "Service", "LimitRange", "PriorityClass", "PersistentVolume",
    "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob", "PodDisruptionBudget",
  ]
  static let lastKinds = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]

  init(_ order: Order) { self.order = order }

  /// Takes what the kustomization that is built asks for.
  init(_ options: Kustomization.SortOptions?) throws(DiagnosticError) {
    guard let options else {
      self.init(.legacy)
      return
    }
    guard let order = Order(rawValue: options.order) else {
      throw .located(
        "unknown-sort-order", "'order' of 'sortOptions' must be fifo or legacy", options.span)
    }
    self.init(order)
    guard let legacy = options.legacy else { return }
    guard order == .legacy else {
      throw .located(
        "unused-sort-options", "'legacySortOptions' needs the order 'legacy'", legacy.span)
    }
    first = legacy.first
    last = legacy.last
  }

  /// Sorts resources; those that compare equal keep their order. O(n log n).
  func sort(_ resources: inout [Resource]) {
    guard order == .legacy else { return }
    var ranks: [String: Int] = [:]
    for (index, kind) in last.enumerated() { ranks[kind] = index + 1 }
    for (index, kind) in first.enumerated() { ranks[kind] = index - first.count }
    var keyed: [(rank: Int, gvk: GroupVersionKind, kind: String, id: String, resource: Resource)] =
      []
    keyed.reserveCapacity(resources.count)
    for resource in resources {
      let id = resource.currentID
      let rank = ranks[id.kind.kind] ?? 0
      keyed.append((rank, id.kind, Self.legacyName(id.kind), Self.legacyName(id), resource))
    }
    keyed.sort { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      if left.kind != right.kind {
        // Core namespaces come before objects of other groups that are called so.
        let isReversed =
          left.gvk.kind == "Namespace" && right.gvk.kind == "Namespace"
          && (left.gvk.group.isEmpty || right.gvk.group.isEmpty)
        let (first, second) = isReversed ? (right, left) : (left, right)
        return first.kind.utf8.lexicographicallyPrecedes(second.kind.utf8)
      }
      return left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
    }
    resources = keyed.map(\.resource)
  }

  /// Where a kind comes in the legacy order.
  struct Key: Comparable {
    let rank: Int
    let name: String

    init(_ gvk: GroupVersionKind) {
      rank = SortOrder.ranks[gvk.kind] ?? 0
      name = SortOrder.legacyName(gvk)
    }

    static func < (left: Key, right: Key) -> Bool {
      left.rank != right.rank
        ? left.rank < right.rank
        : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
  }

  private static let ranks: [String: Int] = {
    var ranks: [String: Int] = [:]
    for (index, kind) in lastKinds.enumerated() { ranks[kind] = index + 1 }
    for (index, kind) in firstKinds.enumerated() { ranks[kind] = index - firstKinds.count }
    return ranks
  }()

  private static func legacyName(_ gvk: GroupVersionKind) -> String {
    let group = gvk.group.isEmpty ? "~G" : gvk.group
    let version = gvk.version.isEmpty ? "~V" : gvk.version
    return group + "_" + version + "_" + (gvk.kind.isEmpty ? "~K" : gvk.kind)
  }

  private static func legacyName(_ id: ResourceID) -> String {
    let namespace = id.namespace.isEmpty ? "~X" : id.namespace
    return legacyName(id.kind) + "|" + namespace + "|" + (id.name.isEmpty ? "~N" : id.name)
  }
}
