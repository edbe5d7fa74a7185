package io.jdocker.daemon.http;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;

/**
 * The head of a request.
 *
 * @param path without version prefix and query, still percent-encoded
 * @param version as the prefix asked for; without one, the newest
 */
public record Request(
    String method, String path, ApiVersion version, Query query, ClassicHttpRequest head) {

  static Request of(ClassicHttpRequest head) {
    if (head.getVersion() != null && head.getVersion().getMajor() != 1) {
      throw new InvalidArgument("unsupported protocol version " + head.getVersion());
    }
    String target = withoutAuthority(head.getRequestUri());
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Query query = Query.parse(mark < 0 ? "" : target.substring(mark + 1));
    int end = path.indexOf('/', 1);
    boolean versioned =
        end > 2 && path.charAt(1) == 'v' && path.charAt(2) >= '0' && path.charAt(2) <= '9';
    return versioned
        ? new Request(
            head.getMethod(),
            path.substring(end),
            ApiVersion.supported(path.substring(2, end)),
            query,
            head)
        : new Request(head.getMethod(), path, ApiVersion.CURRENT, query, head);
  }

  /** A client may send {@code GET http://host/path} (RFC 9112, absolute form). */
  private static String withoutAuthority(String target) {
    int authority = target.startsWith("/") ? -1 : target.indexOf("://");
    if (authority < 0) {
      return target;
    }
    int path = target.indexOf('/', authority + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  /** The header's value, unless it is absent or blank. */
  public Optional<String> header(String name) {
    Header header = head.getFirstHeader(name);
    return Optional.ofNullable(header).map(Header::getValue).filter(value -> !value.isBlank());
  }

  /** Whether a header's comma-separated list has the token: {@code Connection: Upgrade}. */
  boolean headerHas(String name, String token) {
    for (Header header : head.getHeaders(name)) {
      for (String part : header.getValue().split(",", -1)) {
        if (part.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** Whether the client asks to go on with a raw stream and understands 101. */
  boolean wantsUpgrade() {
    return header("Upgrade").isPresent() && headerHas("Connection", "upgrade");
  }

  /** HTTP/1.1 keeps a connection unless told otherwise, HTTP/1.0 does not. */
  boolean keepsAlive() {
    boolean modern = head.getVersion() == null || head.getVersion().getMinor() >= 1;
    return modern && !headerHas("Connection", "close");
  }

  /**
   * How the body ends.
   *
   * @throws InvalidArgument when the headers disagree: the way requests are smuggled
   */
  BodyLength bodyLength() {
    Header[] codings = head.getHeaders("Transfer-Encoding");
    Header[] lengths = head.getHeaders("Content-Length");
    if (codings.length > 0) {
      if (lengths.length > 0
          || codings.length > 1
          || !codings[0].getValue().strip().equalsIgnoreCase("chunked")) {
        throw new InvalidArgument("unsupported transfer encoding");
      }
      return BodyLength.CHUNKED;
    }
    if (lengths.length == 0) {
      return BodyLength.NONE;
    }
    String digits = lengths[0].getValue().strip();
    if (lengths.length > 1 || !digits.matches("[0-9]{1,18}")) {
      throw new InvalidArgument("bad Content-Length \"" + digits + "\"");
    }
    return new BodyLength(Long.parseLong(digits), false);
  }

  /** The length of a body in bytes, or that its chunks tell. */
  record BodyLength(long bytes, boolean chunked) {
    static final BodyLength NONE = new BodyLength(0, false);
    static final BodyLength CHUNKED = new BodyLength(-1, true);
  }
}
