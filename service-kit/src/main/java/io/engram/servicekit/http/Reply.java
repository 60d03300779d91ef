package io.engram.servicekit.http;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Sends one answer, which its client has to take in time. */
final class Reply {

  private static final int STREAM_BUFFER = 8 * 1024;

  private final Response response;
  private final Callback callback;
  private final Guests guests;
  private final Connection connection;

  Reply(Response response, Callback callback, Guests guests, Connection connection) {
    this.response = response;
    this.callback = callback;
    this.guests = guests;
    this.connection = connection;
  }

  /** Without waiting: no thread is held by who takes an answer slowly. */
  void send(HttpAnswer.Whole answer, Runnable sent) {
    head(answer.status(), answer.headers());
    if (answer.status() != 304) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    }
    Scheduler.Task deadline = guests.takes(connection, answer.body().length);
    response.write(
        true,
        ByteBuffer.wrap(answer.body()),
        Callback.from(
            () -> {
              deadline.cancel();
              sent.run();
            },
            callback));
  }

  /** Says no, and ends the connection: what follows may be anything. */
  void refuse(HttpRefusal refusal) {
    refuse(Problems.of(refusal));
  }

  /** The same in words of the handler's. */
  void refuse(HttpAnswer.Whole said) {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    send(said, () -> {});
  }

  /** Until the body ends; the end of the connection is the end of the answer. */
  void stream(HttpAnswer.Endless answer) throws IOException {
    head(answer.status(), answer.headers());
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    OutputStream out = new BufferedOutputStream(new Timely(), STREAM_BUFFER);
    out.flush();
    answer.body().writeTo(out);
    out.flush();
    callback.succeeded();
  }

  private void head(int status, Map<String, String> headers) {
    response.setStatus(status);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    headers.forEach(response.getHeaders()::put);
  }

  /** Each write has its time. */
  private final class Timely extends FilterOutputStream {
    Timely() {
      super(Content.Sink.asOutputStream(response));
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      Scheduler.Task deadline = guests.takes(connection, length);
      try {
        out.write(bytes, from, length);
      } finally {
        deadline.cancel();
      }
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }
  }
}
