extension ImagePolicy {
  /// Why a tag with these details cannot take part; `nil` where it can.
  func platformVerdict(_ details: TagDetails?) -> Selection.Reason? {
    guard let details, !details.platforms.isEmpty else { return .unknownPlatforms }
    for wanted in platforms where !details.platforms.contains(where: wanted.accepts) {
      return .lacksPlatform(wanted)
    }
    return nil
  }

  /// The candidate that was built last; of equally old ones the first.
  func newestBuild(
    of candidates: [Candidate], _ details: [String: TagDetails],
    _ verdicts: inout Selection.Verdicts
  ) -> Int? {
    var best: (index: Int, date: Timestamp)?
    for (index, candidate) in candidates.enumerated() {
      guard let date = details[verdicts.tags[candidate.tag]]?.created else {
        verdicts[candidate.tag] = .unknownBuildDate
        continue
      }
      if best.map({ $0.date < date }) ?? true { best = (index, date) }
    }
    guard let best else { return nil }
    for (index, candidate) in candidates.enumerated() where index != best.index {
      guard let date = details[verdicts.tags[candidate.tag]]?.created else { continue }
      verdicts[candidate.tag] = date == best.date ? .tie : .older
    }
    return best.index
  }
}
