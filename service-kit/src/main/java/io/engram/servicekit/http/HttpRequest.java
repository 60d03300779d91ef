package io.engram.servicekit.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request whose head was read. For the one thread that answers it. */
public final class HttpRequest {

  private final Head head;
  private final DeadlineInput in;
  private final InetAddress client;
  private long unread;

  HttpRequest(Head head, DeadlineInput in, InetAddress client) {
    this.head = head;
    this.in = in;
    this.client = client;
    this.unread = head.length();
  }

  /** In capitals. */
  public String method() {
    return head.method();
  }

  /** Percent-encoded, beginning with a slash, without dot segments. */
  public String path() {
    return head.path();
  }

  /** What stands behind the question mark, percent-encoded; null where there is none. */
  public @Nullable String query() {
    return head.query();
  }

  /** Who asks. */
  public InetAddress client() {
    return client;
  }

  /**
   * The value of a header.
   *
   * @throws HttpRefusal if it stands there more than once
   */
  public Optional<String> header(String lowerCaseName) {
    return head.only(lowerCaseName);
  }

  /** The first value of each header, names in lower case. */
  public Map<String, String> headers() {
    Map<String, String> first = new HashMap<>();
    head.headers().forEach((name, values) -> first.put(name, values.get(0)));
    return first;
  }

  /**
   * The body; empty where there is none. Once.
   *
   * @param most bytes it may have
   * @throws HttpRefusal if it is longer, or does not come in time
   */
  public byte[] body(int most) {
    if (unread > most) {
      throw new HttpRefusal(413, "a body has at most " + most + " bytes");
    }
    byte[] body = new byte[(int) unread];
    try {
      int read = in.read(body, body.length);
      unread -= read;
      if (unread > 0) {
        throw new EOFException("the client went in the middle of a body");
      }
      return body;
    } catch (SocketTimeoutException e) {
      throw new HttpRefusal(408, "the request did not come in time");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of the body that nobody has read. */
  long unread() {
    return unread;
  }

  /** Passes over what nobody has read; whether it came. */
  boolean skipRest() throws IOException {
    boolean all = in.skip(unread);
    unread = 0;
    return all;
  }
}
