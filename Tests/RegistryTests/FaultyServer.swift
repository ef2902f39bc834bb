#if Registry
  import NIOCore
  import NIOHTTP1
  import NIOPosix
  import Synchronization

  /// An HTTP server on loopback that answers as a script says: whole, slow, cut off, or wrong.
  final class FaultyServer: Sendable {
    /// One answer of the script.
    struct Reply: Sendable {
      var status = 200
      var headers: [String: String] = [:]
      var body = ""
      /// Milliseconds before anything is sent.
      var delay = 0
      /// Whether the connection ends in the middle of the body.
      var isTruncated = false
    }

    /// What was asked for.
    struct Request: Sendable {
      let path: String
      let authorization: String?
    }

    private let channel: any Channel
    private let log: RequestLog

    /// `127.0.0.1:PORT`.
    var host: String { "127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    /// All requests so far, in order.
    var requests: [Request] { log.all }

    /// Starts a server that asks `reply` for each answer.
    init(_ reply: @escaping @Sendable (Request, _ host: String) -> Reply) async throws {
      let log = RequestLog()
      self.log = log
      channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            try channel.pipeline.syncOperations.addHandler(Handler(reply: reply, log: log))
          }
        }
        .bind(host: "127.0.0.1", port: 0).get()
    }

    func close() async { try? await channel.close() }

    private final class RequestLog: Sendable {
      private let requests = Mutex<[Request]>([])

      var all: [Request] { requests.withLock { $0 } }
      func append(_ request: Request) { requests.withLock { $0.append(request) } }
    }

    private final class Handler: ChannelInboundHandler, @unchecked Sendable {
      typealias InboundIn = HTTPServerRequestPart
      typealias OutboundOut = HTTPServerResponsePart

      private let reply: @Sendable (Request, String) -> Reply
      private let log: RequestLog

      init(reply: @escaping @Sendable (Request, String) -> Reply, log: RequestLog) {
        self.reply = reply
        self.log = log
      }

      func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        let request = Request(
          path: head.uri, authorization: head.headers.first(name: "authorization"))
        log.append(request)
        let host = head.headers.first(name: "host") ?? ""
        let answer = reply(request, host)
        let channel = context.channel
        channel.eventLoop.scheduleTask(in: .milliseconds(Int64(answer.delay))) {
          Self.send(answer, on: channel)
        }
      }

      private static func send(_ reply: Reply, on channel: any Channel) {
        var headers = HTTPHeaders(reply.headers.map { ($0.key, $0.value) })
        headers.add(name: "content-length", value: String(reply.body.utf8.count))
        let head = HTTPResponseHead(
          version: .http1_1, status: .init(statusCode: reply.status), headers: headers)
        let text = reply.isTruncated ? String(reply.body.prefix(reply.body.count / 2)) : reply.body
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.writeAndFlush(
          HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: text))), promise: nil)
        if reply.isTruncated {
          channel.close(promise: nil)
        } else {
          channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
        }
      }
    }
  }
#endif
