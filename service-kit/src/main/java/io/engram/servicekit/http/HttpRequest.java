package io.engram.servicekit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request whose head was read. For the one thread that answers it. */
public final class HttpRequest {

  private static final Logger LOG = LoggerFactory.getLogger(HttpRequest.class);
  private static final int POLITE_BYTES = 256 << 10;
  private static final long POLITE_MILLIS = 200;
  private static final int MOST_HEADERS = 100;
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");

  /** Possessive: a loop that could go back takes a frame of the stack for each character, and there are thousands. */
  private static final Pattern PATH =
      Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*+");

  private static final Pattern DOTS = Pattern.compile("(?:\\.|%2[eE]){1,2}");

  private final Request request;
  private final Duration within;

  HttpRequest(Request request, Duration within) {
    this.request = request;
    this.within = within;
  }

  /** In capitals. */
  public String method() {
    return request.getMethod();
  }

  /** Percent-encoded, beginning with a slash, without dot segments. */
  public String path() {
    return String.valueOf(request.getHttpURI().getPath());
  }

  /** What stands behind the question mark, percent-encoded; null where there is none. */
  public @Nullable String query() {
    return request.getHttpURI().getQuery();
  }

  /** Who asks. */
  public InetAddress client() {
    return Guests.client(request.getConnectionMetaData().getConnection())
        .orElseThrow(HttpRequest::gone);
  }

  /** The address that it came to. */
  InetAddress local() {
    if (request.getConnectionMetaData().getLocalSocketAddress() instanceof InetSocketAddress it) {
      return it.getAddress();
    }
    throw gone();
  }

  /**
   * The value of a header.
   *
   * @throws HttpRefusal if it stands there more than once
   */
  public Optional<String> header(String lowerCaseName) {
    List<String> values = request.getHeaders().getValuesList(lowerCaseName);
    if (values.size() > 1) {
      throw HttpRefusal.malformed(
          "the header '%s' stands there more than once".formatted(lowerCaseName));
    }
    return values.stream().findFirst();
  }

  /** The first value of each header, names in lower case. */
  public Map<String, String> headers() {
    Map<String, String> first = new HashMap<>();
    request
        .getHeaders()
        .forEach(
            field ->
                first.putIfAbsent(
                    field.getName().toLowerCase(Locale.ROOT), String.valueOf(field.getValue())));
    return first;
  }

  /**
   * The body; empty where there is none. Once.
   *
   * @param most bytes it may have
   * @throws HttpRefusal if it is longer, or does not come in time
   */
  public byte[] body(int most) {
    if (request.getLength() > most) {
      throw tooLong(most);
    }
    if (request.getLength() == 0) {
      return new byte[0];
    }
    long left = within.toNanos() - (System.nanoTime() - request.getBeginNanoTime());
    try (Blocker.Promise<byte[]> body = Blocker.promise()) {
      Content.Source.asByteArrayAsync(request, most, body);
      return body.block(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpRefusal(408, "the request did not come in time");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e instanceof HttpException
          ? HttpRefusal.malformed("the body is not written as RFC 9112 has it")
          : tooLong(most);
    }
  }

  /**
   * Reads what is left of a body that is not too long, for a moment, and throws it away. A connection that ends with bytes unread is reset, and
   * an answer on its way with it: who sent a body that nobody wants would never hear why.
   */
  public void passOver() {
    if (request.getLength() == 0 || request.getLength() > POLITE_BYTES) {
      return;
    }
    try (Blocker.Promise<byte[]> rest = Blocker.promise()) {
      Content.Source.asByteArrayAsync(request, POLITE_BYTES, rest);
      rest.block(POLITE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | IOException | RuntimeException e) {
      LOG.trace("the rest of a body was not read", e);
    }
  }

  /** Refuses what Jetty takes, or makes plain on its way, and no client needs. */
  void requireStrict() {
    if (!METHOD.matcher(method()).matches()) {
      throw HttpRefusal.malformed("the method is not one");
    }
    if (!PATH.matcher(path()).matches()) {
      throw HttpRefusal.malformed("the path is not one");
    }
    for (String segment : path().split("/", -1)) {
      if (DOTS.matcher(segment).matches()) {
        throw HttpRefusal.malformed("a path has no dot segments here");
      }
    }
    if (request.getHeaders().size() > MOST_HEADERS) {
      throw new HttpRefusal(431, "a head has at most %d headers".formatted(MOST_HEADERS));
    }
  }

  private static UncheckedIOException gone() {
    return new UncheckedIOException(new ClosedChannelException());
  }

  private static HttpRefusal tooLong(int most) {
    return new HttpRefusal(413, "a body has at most " + most + " bytes");
  }
}
