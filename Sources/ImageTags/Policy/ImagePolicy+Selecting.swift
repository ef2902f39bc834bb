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
    var verdicts = Selection.Verdicts(tags)
    let candidates = try filtered(details, &verdicts)
    guard !candidates.isEmpty else {
      throw SelectionError(reason: .noTags, rejected: verdicts.rejections)
    }
    let chosen =
      switch rule {
      case .semver(let range): newest(of: candidates, in: range, &verdicts)
      case .alphabetical(let order): extreme(of: candidates, order, &verdicts)
      case .numerical(let order):
        try greatest(of: candidates, order, &verdicts)
      case .newestBuild: newestBuild(of: candidates, details, &verdicts)
      }
    guard let chosen else {
      var reason = SelectionError.Reason.nothingAccepted
      if case .newestBuild = rule { reason = .noBuildDates }
      throw SelectionError(reason: reason, rejected: verdicts.rejections)
    }
    let candidate = candidates[chosen]
    return Selection(
      latest: tags[candidate.tag], extract: candidate.extract,
      verdicts: verdicts)
  }

  struct Candidate {
    /// The tag's index.
    var tag: Int
    var extract: String
  }

  private func filtered(
    _ details: [String: TagDetails], _ verdicts: inout Selection.Verdicts
  ) throws(SelectionError) -> [Candidate] {
    let tags = verdicts.tags
    var usable = Array(tags.indices)
    if !platforms.isEmpty {
      for (index, tag) in tags.enumerated() {
        verdicts[index] = platformVerdict(details[tag])
      }
      usable.removeAll { verdicts[$0] != nil }
      guard !usable.isEmpty else {
        throw SelectionError(
          reason: tags.isEmpty ? .noTags : .noneHasPlatforms, rejected: verdicts.rejections)
      }
    }
    guard let filter else { return usable.map { Candidate(tag: $0, extract: tags[$0]) } }
    var matcher = PatternMatcher(filter.pattern)
    let template = ExpansionTemplate(
      filter.extract.isEmpty ? "$0" : filter.extract, groupNames: filter.pattern.groupNames)
    var candidates: [Candidate] = []
    candidates.reserveCapacity(usable.count)
    var places: [String: Int] = [:]
    places.reserveCapacity(usable.count)
    for index in usable {
      let expansion: String?
      do throws(Pattern.TooLargeError) {
        expansion = try matcher.expansion(of: template, in: tags[index])
      } catch {
        throw SelectionError(reason: .filterFailed(error), rejected: verdicts.rejections)
      }
      guard let expansion else {
        verdicts[index] = .notMatched
        continue
      }
      let extract = filter.extract.isEmpty ? tags[index] : expansion
      if let place = places[extract] {
        verdicts[candidates[place].tag] = .sameExtract(as: tags[index])
        candidates[place].tag = index
      } else {
        places[extract] = candidates.count
        candidates.append(Candidate(tag: index, extract: extract))
      }
    }
    return candidates
  }

  private func newest(
    of candidates: [Candidate], in range: VersionConstraint, _ verdicts: inout Selection.Verdicts
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
    of candidates: [Candidate], _ order: Order, _ verdicts: inout Selection.Verdicts
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
    of candidates: [Candidate], _ order: Order, _ verdicts: inout Selection.Verdicts
  ) throws(SelectionError) -> Int? {
    var best: (index: Int, value: Double)?
    for (index, candidate) in candidates.enumerated() {
      guard let value = GoNumber.parse(candidate.extract) else {
        throw SelectionError(
          reason: .notNumber(candidate.extract), rejected: verdicts.rejections)
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
