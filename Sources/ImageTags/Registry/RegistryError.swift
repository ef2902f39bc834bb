#if Registry
  public import ImageTags

  /// Why a registry gave no answer.
  public enum RegistryError: Error, Sendable, CustomStringConvertible {
    /// The registry refused the request.
    case refused(RegistryFailure, url: String)
    /// The credentials are missing or wrong.
    case unauthorized(url: String)
    /// The answer is larger than allowed.
    case tooLarge(url: String)
    /// The answer is not what the protocol asks for.
    case malformed(String, url: String)
    /// The registry could not be reached, or stopped answering.
    case unreachable(String, url: String)
    /// There were more redirects, or more pages, than allowed.
    case endless(url: String)

    /// The reason in words, with the address; never with credentials.
    public var description: String {
      switch self {
      case .refused(let failure, let url):
        let words = [failure.code, failure.message].filter { !$0.isEmpty }.joined(separator: ": ")
        return "\(url): status \(failure.status)" + (words.isEmpty ? "" : " (\(words))")
      case .unauthorized(let url): return "\(url): the registry wants other credentials"
      case .tooLarge(let url): return "\(url): the answer is larger than allowed"
      case .malformed(let what, let url): return "\(url): \(what)"
      case .unreachable(let what, let url): return "\(url): \(what)"
      case .endless(let url): return "\(url): too many redirects or pages"
      }
    }
  }
#endif
