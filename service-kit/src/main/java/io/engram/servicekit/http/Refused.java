package io.engram.servicekit.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses, in the words of all other refusals: nothing of the request comes back, and nothing of the server's insides. */
final class Refused implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    HttpAnswer.Whole answer =
        Problems.of(
            new HttpRefusal(
                status,
                status >= 500
                    ? "the server cannot answer that"
                    : "the request is not written as RFC 9110 and 9112 have it, or too long"));
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }
}
