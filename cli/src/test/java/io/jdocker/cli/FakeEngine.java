package io.jdocker.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine on a unix socket that answers as it was told, and remembers what it was asked. */
public final class FakeEngine implements Closeable {
  /** One request: {@code POST /containers/x/start}, without the version, and its body. */
  public record Asked(String line, Map<String, String> head, String body) {}

  /** Talks to a client over the raw connection after its request. */
  public interface Script {
    void play(InputStream in, OutputStream out) throws IOException;
  }

  /** The same for who must know what was asked. */
  public interface Conversation {
    void play(Asked asked, InputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocketChannel server;
  private final String url;
  private final Map<String, Conversation> scripts = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<String> rawLines = new CopyOnWriteArrayList<>();

  private FakeEngine(ServerSocketChannel server, String url) {
    this.server = server;
    this.url = url;
  }

  public static FakeEngine listen(Path directory) throws IOException {
    Path socket = directory.resolve("s");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    FakeEngine engine = new FakeEngine(server, "unix://" + socket);
    engine.announce("1.51");
    background(engine::accept);
    return engine;
  }

  public String url() {
    return url;
  }

  /** The requests so far, the ping left out. */
  public List<Asked> asked() {
    return asked.stream().filter(request -> !request.line().contains("/_ping")).toList();
  }

  /** The request lines so far. */
  public List<String> lines() {
    return asked().stream().map(Asked::line).toList();
  }

  /** The request lines as they came, versions and all. */
  public List<String> rawLines() {
    return rawLines;
  }

  /** The body of the one request with that line. */
  public String body(String line) {
    return asked().stream()
        .filter(request -> request.line().startsWith(line))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not asked: " + line + " among " + lines()))
        .body();
  }

  public FakeEngine announce(String version) {
    return script(
        "HEAD /_ping",
        (in, out) ->
            write(
                out,
                "HTTP/1.1 200 OK\r\nApi-Version: "
                    + version
                    + "\r\nOstype: linux\r\nContent-Length: 0\r\n\r\n"));
  }

  /** Answers requests whose line starts so with a JSON document. */
  public FakeEngine answer(String line, String json) {
    return answer(line, 200, json);
  }

  public FakeEngine answer(String line, int status, String body) {
    return script(line, (in, out) -> reply(out, status, body));
  }

  /** One whole answer. */
  public static void reply(OutputStream out, int status, String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    write(
        out,
        "HTTP/1.1 "
            + status
            + " X\r\nContent-Type: application/json\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + body);
  }

  /** Refuses with the engine's error document. */
  public FakeEngine refuse(String line, int status, String message) {
    return answer(line, status, "{\"message\":\"" + message.replace("\"", "\\\"") + "\"}\n");
  }

  public FakeEngine script(String line, Script script) {
    return converse(line, (asked, in, out) -> script.play(in, out));
  }

  public FakeEngine converse(String line, Conversation conversation) {
    scripts.put(line, conversation);
    return this;
  }

  public static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void background(Runnable work) {
    Thread thread = new Thread(work, "fake engine");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        background(() -> serve(client));
      }
    } catch (ClosedChannelException e) {
      return; // the test is over
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      Stream stream = new Stream(client);
      while (one(stream)) {
        // one request after another on the same connection
      }
    } catch (IOException e) {
      // The client left in the middle: its test says whether that is right.
      return;
    }
  }

  private boolean one(Stream stream) throws IOException {
    String line = stream.line();
    if (line.isEmpty()) {
      return false;
    }
    Map<String, String> head = new ConcurrentHashMap<>();
    for (String field = stream.line(); !field.isEmpty(); field = stream.line()) {
      int colon = field.indexOf(':');
      head.put(
          field.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
          field.substring(colon + 1).strip());
    }
    String body = stream.body(head);
    rawLines.add(line);
    String plain = line.replace(" HTTP/1.1", "").replaceFirst(" /v1\\.\\d+/", " /");
    Asked request = new Asked(plain, head, body);
    asked.add(request);
    script(plain).play(request, stream.in(), stream.out());
    return !head.containsKey("upgrade");
  }

  private Conversation script(String line) {
    String best = "";
    for (String prefix : scripts.keySet()) {
      if (line.startsWith(prefix) && prefix.length() > best.length()) {
        best = prefix;
      }
    }
    Conversation found = scripts.get(best);
    return found != null
        ? found
        : (asked, in, out) ->
            write(
                out,
                "HTTP/1.1 404 X\r\nContent-Length: 28\r\n\r\n"
                    + (line.startsWith("HEAD") ? "" : "{\"message\":\"page not found\"}"));
  }

  /** Ends the engine as a shutdown does: nobody listens any more. */
  public void stop() throws IOException {
    server.close();
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  /** A channel as two streams that do not lock each other out. */
  private static final class Stream {
    private final SocketChannel channel;

    Stream(SocketChannel channel) {
      this.channel = channel;
    }

    InputStream in() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          ByteBuffer one = ByteBuffer.allocate(1);
          return channel.read(one) <= 0 ? -1 : one.get(0) & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          return length == 0 ? 0 : channel.read(ByteBuffer.wrap(target, offset, length));
        }
      };
    }

    OutputStream out() {
      return new OutputStream() {
        @Override
        public void write(int value) throws IOException {
          channel.write(ByteBuffer.wrap(new byte[] {(byte) value}));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
          while (rest.hasRemaining()) {
            channel.write(rest);
          }
        }
      };
    }

    String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      InputStream in = in();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        if (next != '\r') {
          line.write(next);
        }
      }
      return line.toString(StandardCharsets.UTF_8);
    }

    String body(Map<String, String> head) throws IOException {
      if (head.containsKey("content-length")) {
        int length = Integer.parseInt(head.get("content-length"));
        return new String(in().readNBytes(length), StandardCharsets.UTF_8);
      }
      StringBuilder body = new StringBuilder();
      if (head.containsKey("transfer-encoding")) {
        for (int size = Integer.parseInt(line(), 16);
            size > 0;
            size = Integer.parseInt(line(), 16)) {
          body.append(new String(in().readNBytes(size), StandardCharsets.UTF_8));
          line();
        }
        line();
      }
      return body.toString();
    }
  }
}
