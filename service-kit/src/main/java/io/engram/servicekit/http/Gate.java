package io.engram.servicekit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every request passes on its way to the handler: is it meant for us, is there room for it. */
final class Gate extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final HttpHandler handler;
  private final AllowedHosts hosts;
  private final Guests guests;
  private final Turnstile calls;
  private final Turnstile streams;

  Gate(HttpHandler handler, AllowedHosts hosts, Guests guests, Turnstile calls, Turnstile streams) {
    this.handler = handler;
    this.hosts = hosts;
    this.guests = guests;
    this.calls = calls;
    this.streams = streams;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    guests.works(connection);
    Request.addCompletionListener(request, failure -> guests.rests(connection));
    // A handler that waits long is our business and not the client's.
    request.addIdleTimeoutListener(timeout -> false);
    Reply reply = new Reply(response, callback, guests, connection);
    try {
      answer(new HttpRequest(request, guests.request()), reply);
    } catch (HttpRefusal e) {
      reply.refuse(e);
    } catch (IOException | UncheckedIOException e) {
      LOG.trace("{} has gone", connection, e);
      callback.failed(e);
    }
    return true;
  }

  private void answer(HttpRequest request, Reply reply) throws IOException {
    request.requireStrict();
    hosts.check(request);
    if (handler.light(request.path())) {
      reply.send((HttpAnswer.Whole) said(request), () -> {});
      return;
    }
    InetAddress client = request.client();
    if (!calls.enter(client)) {
      HttpAnswer.Whole said = handler.crowded(request.path()).orElseThrow(HttpRefusal::busy);
      reply.refuse(said);
      return;
    }
    AtomicBoolean inside = new AtomicBoolean(true);
    Runnable leave =
        () -> {
          if (inside.getAndSet(false)) {
            calls.leave(client);
          }
        };
    HttpAnswer answer;
    try {
      answer = said(request);
      if (answer instanceof HttpAnswer.Whole whole) {
        reply.send(whole, leave);
        return;
      }
    } catch (RuntimeException e) {
      leave.run();
      throw e;
    }
    leave.run();
    if (!streams.enter(client)) {
      throw HttpRefusal.busy();
    }
    try {
      reply.stream((HttpAnswer.Endless) answer);
    } finally {
      streams.leave(client);
    }
  }

  /** What the handler says; a mistake of ours is 500, and the log hears what. */
  private HttpAnswer said(HttpRequest request) {
    try {
      return handler.answer(request);
    } catch (HttpRefusal | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      throw new HttpRefusal(500, "a mistake of the server's; its log says more");
    }
  }
}
