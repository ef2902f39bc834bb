#if Registry
  public import ImageTags

  /// Reads tags, manifests and configurations from registries.
  ///
  /// TLS is on but for loopback addresses and the hosts the options name. Credentials go to the
  /// registry and its token service only, and to no other host on a redirect. Answers are bounded in
  /// size and time; temporary failures are tried again with growing pauses.
  public struct RegistryClient: Sendable {
    /// Limits and exceptions.
    public struct Options: Sendable {
      /// Hosts, with port, that are asked without TLS beside loopback addresses.
      public var plainHTTP: Set<String> = []
      /// How long one answer may take, in seconds.
      public var timeout = 20
      /// How large one answer may be, in bytes.
      public var maximumBytes = 8 << 20
      /// How often a temporary failure is tried again.
      public var retries = 3
      /// The first pause between tries in milliseconds; it doubles each time.
      public var pause = 250
      /// The longest pause that a registry's `Retry-After` is followed for, in seconds.
      public var longestPause = 30
      /// How many pages of tags are read.
      public var maximumPages = 10_000

      /// The defaults.
      public init() {}
    }

    /// A manifest with its digest.
    public struct Manifest: Sendable {
      /// The digest the registry gives it.
      public let digest: String
      /// What it says.
      public let contents: ImageManifest
    }

    private let transport: RegistryTransport
    private let options: Options

    /// Creates a client. Call ``close()`` when done.
    ///
    /// - Parameter credentials: Gives the credentials of a registry by the image's domain, or `nil`.
    public init(
      options: Options = Options(),
      credentials: @escaping @Sendable (String) -> DockerConfiguration.Credentials? = { _ in nil }
    ) {
      self.options = options
      transport = RegistryTransport(options: options, credentials: credentials)
    }

    /// Ends all connections.
    public func close() async { await transport.close() }

    /// All tags of an image's repository, in the registry's order.
    public func tags(of image: ImageReference) async throws(RegistryError) -> [String] {
      let address = RegistryAddress(of: image, plainHTTP: options.plainHTTP)
      var pages: [TagPage] = []
      var url = address.tagList
      for _ in 0..<options.maximumPages {
        let answer = try await transport.get(url, of: image, address)
        let page: TagPage
        do throws(TagPage.MalformedError) {
          page = try TagPage(body: answer.text, link: answer.headers["link"], url: url)
        } catch {
          throw .malformed(error.message, url: url)
        }
        pages.append(page)
        guard let next = page.next else { return TagPage.collect(pages) }
        url = next
      }
      throw .endless(url: address.tagList)
    }

    /// The manifest that an image's tag or digest names, `latest` without either.
    public func manifest(of image: ImageReference) async throws(RegistryError) -> Manifest {
      try await manifest(of: image, reference: image.digest?.description ?? image.tag ?? "latest")
    }

    /// The manifest with a tag or digest in an image's repository.
    public func manifest(
      of image: ImageReference, reference: String
    ) async throws(RegistryError) -> Manifest {
      let address = RegistryAddress(of: image, plainHTTP: options.plainHTTP)
      let url = address.manifest(reference)
      let answer = try await transport.get(
        url, of: image, address, accept: ImageManifest.accepted)
      let contents: ImageManifest
      do throws(ImageManifest.MalformedError) {
        contents = try ImageManifest(parsing: answer.body)
      } catch {
        throw .malformed(error.message, url: url)
      }
      let given = answer.headers["docker-content-digest"]
      guard let digest = given ?? (reference.contains(":") ? reference : nil) else {
        throw .malformed("the registry gives no digest", url: url)
      }
      return Manifest(digest: digest, contents: contents)
    }

    /// The configuration of one image.
    public func configuration(
      _ digest: String, of image: ImageReference
    ) async throws(RegistryError) -> ImageConfiguration {
      let address = RegistryAddress(of: image, plainHTTP: options.plainHTTP)
      let url = address.blob(digest)
      let answer = try await transport.get(url, of: image, address)
      do throws(ImageManifest.MalformedError) {
        return try ImageConfiguration(parsing: answer.body)
      } catch {
        throw .malformed(error.message, url: url)
      }
    }

    /// What is known of some tags of an image, in their order. Eight are asked for at a time; an index
    /// is as old as its first image.
    public func details(
      of tags: [String], in image: ImageReference
    ) async throws(RegistryError) -> [(tag: String, details: TagDetails)] {
      let outcomes = await withTaskGroup(
        of: (Int, Result<TagDetails, RegistryError>).self
      ) { group in
        var found = [Result<TagDetails, RegistryError>?](repeating: nil, count: tags.count)
        for (index, tag) in tags.enumerated() {
          if index >= 8, let (done, result) = await group.next() { found[done] = result }
          group.addTask {
            do throws(RegistryError) {
              return (index, .success(try await details(of: tag, in: image)))
            } catch {
              return (index, .failure(error))
            }
          }
        }
        for await (done, result) in group { found[done] = result }
        return found
      }
      var known: [(tag: String, details: TagDetails)] = []
      for (tag, outcome) in zip(tags, outcomes) {
        if let outcome { known.append((tag, try outcome.get())) }
      }
      return known
    }

    private func details(
      of tag: String, in image: ImageReference
    ) async throws(RegistryError) -> TagDetails {
      let manifest = try await manifest(of: image, reference: tag)
      var details = TagDetails(digest: manifest.digest)
      details.platforms = manifest.contents.entries.map(\.platform)
      var digest = manifest.contents.configuration
      if digest == nil, let first = manifest.contents.entries.first {
        digest = try await self.manifest(of: image, reference: first.digest).contents.configuration
      }
      guard let digest else { return details }
      let configuration = try await self.configuration(digest, of: image)
      details.created = configuration.created.flatMap(Timestamp.init)
      if details.platforms.isEmpty { details.platforms = [configuration.platform] }
      return details
    }

    /// What an image runs on: the platforms of its index, or that of its configuration.
    public func platforms(
      of image: ImageReference, _ manifest: Manifest
    ) async throws(RegistryError) -> [ImageManifest.Platform] {
      guard let configuration = manifest.contents.configuration else {
        return manifest.contents.entries.map(\.platform)
      }
      return [try await self.configuration(configuration, of: image).platform]
    }
  }
#endif
