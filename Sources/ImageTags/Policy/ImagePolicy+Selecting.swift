extension ImagePolicy {
  /// The latest of some tags.
  ///
  /// Semver: the newest version wins, and of equal ones the first given. Alphabetical: bytes decide.
  /// Numerical: the last of equal numbers wins, and a tag that is no number fails the whole. With a
  /// filter, the tags stand in the order their extracts first appeared, so the answer never depends on
  /// chance. Give the tags in ``registryOrder(_:)`` to get what Flux stores.
  ///
  /// Tags that lack a wanted platform take no part at all, and of equally old builds the first given
  /// wins.
  ///
  /// O(tags × (pattern + length)), and a sort is never needed.
  /// - Parameter details: What is known of the tags, by tag; rules that need it pass over the others.
  public func select(
    from tags: [String], details: [String: TagDetails] = [:]
  ) throws(SelectionError) -> Selection {
    let (candidates, filtered) = try filtered(tags, details)
    var verdicts = filtered
    guard !candidates.isEmpty else {
      throw SelectionError(reason: .noTags, rejected: rejections(tags, verdicts))
    }
    let chosen =
      switch rule {
      case .semver(let range): newest(of: candidates, in: range, &verdicts)
      case .alphabetical(let order): extreme(of: candidates, order, &verdicts)
      case .numerical(let order):
        try greatest(of: candidates, order, &verdicts, tags: tags)
      case .newestBuild: newestBuild(of: candidates, tags, details, &verdicts)
      }
    guard let chosen else {
      var reason = SelectionError.Reason.nothingAccepted
      if case .newestBuild = rule { reason = .noBuildDates }
      throw SelectionError(reason: reason, rejected: rejections(tags, verdicts))
    }
    let candidate = candidates[chosen]
    return Selection(
      latest: tags[candidate.tag], extract: candidate.extract,
      rejected: rejections(tags, verdicts, except: candidate.tag))
  }

  struct Candidate {
    /// The tag's index.
    var tag: Int
    var extract: String
  }

  /// What is known about each tag by its index; `nil` while it is in the running.
  typealias Verdicts = [Selection.Reason?]

  private func rejections(
    _ tags: [String], _ verdicts: Verdicts, except chosen: Int? = nil
  ) -> [Selection.Rejection] {
    var rejections: [Selection.Rejection] = []
    rejections.reserveCapacity(tags.count)
    for index in tags.indices where index != chosen {
      guard let reason = verdicts[index] else { continue }
      rejections.append(Selection.Rejection(tag: tags[index], reason: reason))
    }
    return rejections
  }

  private func filtered(
    _ tags: [String], _ details: [String: TagDetails]
  ) throws(SelectionError) -> (candidates: [Candidate], verdicts: Verdicts) {
    var verdicts = Verdicts(repeating: nil, count: tags.count)
    if !platforms.isEmpty {
      for (index, tag) in tags.enumerated() {
        verdicts[index] = platformVerdict(details[tag])
      }
      guard verdicts.contains(where: { $0 == nil }) else {
        throw SelectionError(
          reason: tags.isEmpty ? .noTags : .noneHasPlatforms, rejected: rejections(tags, verdicts))
      }
    }
    let usable = tags.indices.lazy.filter { verdicts[$0] == nil }
    guard let filter else {
      return (usable.map { Candidate(tag: $0, extract: tags[$0]) }, verdicts)
    }
    var matcher = PatternMatcher(filter.pattern)
    var candidates: [Candidate] = []
    candidates.reserveCapacity(tags.count)
    var places: [String: Int] = [:]
    places.reserveCapacity(tags.count)
    for (index, tag) in tags.enumerated() where verdicts[index] == nil {
      let match: PatternMatch?
      do throws(Pattern.TooLargeError) {
        match = try matcher.firstMatch(in: tag)
      } catch {
        throw SelectionError(reason: .filterFailed(error), rejected: rejections(tags, verdicts))
      }
      guard let match else {
        verdicts[index] = .notMatched
        continue
      }
      let extract = filter.extract.isEmpty ? tag : match.expand(filter.extract)
      if let place = places[extract] {
        verdicts[candidates[place].tag] = .sameExtract(as: tag)
        candidates[place].tag = index
      } else {
        places[extract] = candidates.count
        candidates.append(Candidate(tag: index, extract: extract))
      }
    }
    return (candidates, verdicts)
  }

  private func newest(
    of candidates: [Candidate], in range: VersionConstraint, _ verdicts: inout Verdicts
  ) -> Int? {
    var range = range
    if prereleases != .asRangeSays { range.includesPrereleases = true }
    var best: (index: Int, version: SemanticVersion)?
    for (index, candidate) in candidates.enumerated() {
      let version: SemanticVersion
      do {
        version = try SemanticVersion(candidate.extract, .flux)
      } catch {
        verdicts[candidate.tag] = .notVersion(error)
        continue
      }
      guard range.isSatisfied(by: version) else {
        let isPrerelease = range.excludesOnlyAsPrerelease(version)
        verdicts[candidate.tag] = isPrerelease ? .prerelease : .outOfRange
        continue
      }
      guard isWanted(version) else {
        verdicts[candidate.tag] = .otherChannel
        continue
      }
      guard let last = best else {
        best = (index, version)
        continue
      }
      switch version.precedence(comparedTo: last.version, .masterminds) {
      case .descending:
        verdicts[candidates[last.index].tag] = .older
        best = (index, version)
      case .same: verdicts[candidate.tag] = .tie
      case .ascending: verdicts[candidate.tag] = .older
      }
    }
    if let best {
      // What tied with an earlier leader lost to this one.
      for candidate in candidates[..<best.index] where verdicts[candidate.tag] == .tie {
        verdicts[candidate.tag] = .older
      }
    }
    return best?.index
  }

  private func isWanted(_ version: SemanticVersion) -> Bool {
    switch prereleases {
    case .asRangeSays: true
    case .none: !version.isPrerelease
    case .only: version.isPrerelease
    case .channel(let name): version.isPrerelease && version.channel == name
    }
  }

  private func extreme(
    of candidates: [Candidate], _ order: Order, _ verdicts: inout Verdicts
  ) -> Int? {
    var best = 0
    for index in candidates.indices.dropFirst() {
      let (new, old) = (candidates[index].extract.utf8, candidates[best].extract.utf8)
      let isLater = old.lexicographicallyPrecedes(new)
      let isEarlier = new.lexicographicallyPrecedes(old)
      if order == .ascending ? isLater : isEarlier { best = index }
    }
    for (index, candidate) in candidates.enumerated() where index != best {
      verdicts[candidate.tag] = candidate.extract == candidates[best].extract ? .tie : .older
    }
    return best
  }

  private func greatest(
    of candidates: [Candidate], _ order: Order, _ verdicts: inout Verdicts, tags: [String]
  ) throws(SelectionError) -> Int? {
    var best: (index: Int, value: Double)?
    for (index, candidate) in candidates.enumerated() {
      guard let value = GoNumber.parse(candidate.extract) else {
        throw SelectionError(
          reason: .notNumber(candidate.extract), rejected: rejections(tags, verdicts))
      }
      if let best, order == .ascending ? value < best.value : value > best.value {
        verdicts[candidate.tag] = .older
        continue
      }
      if let best { verdicts[candidates[best.index].tag] = best.value == value ? .tie : .older }
      best = (index, value)
    }
    if let best {
      for candidate in candidates[..<best.index] where verdicts[candidate.tag] == .tie {
        if GoNumber.parse(candidate.extract) != best.value { verdicts[candidate.tag] = .older }
      }
    }
    return best?.index
  }
}
