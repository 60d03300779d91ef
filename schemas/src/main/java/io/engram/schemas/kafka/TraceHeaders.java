package io.engram.schemas.kafka;

import io.engram.schemas.TraceContext;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** How a {@link TraceContext} stands in the headers of a record. */
public final class TraceHeaders {

  private TraceHeaders() {}

  /** The context; empty where there is none that is well formed. */
  public static Optional<TraceContext> read(Headers headers) {
    return TraceContext.read(
        name -> {
          Header header = headers.lastHeader(name);
          return header == null ? null : header.value();
        });
  }

  /** Says the context, in place of what was said before. */
  public static void write(Headers headers, TraceContext context) {
    headers.remove(TraceContext.PARENT);
    headers.remove(TraceContext.STATE);
    headers.remove(TraceContext.LINKS);
    context.headers().forEach(headers::add);
  }
}
