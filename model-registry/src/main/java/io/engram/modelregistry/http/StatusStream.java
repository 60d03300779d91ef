package io.engram.modelregistry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.engram.modelregistry.page.PipelineStatus;
import io.engram.modelregistry.page.PipelineWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The state of the roles as server-sent events to one client: at once, then at most once a second, and only what has changed. */
final class StatusStream implements Stream {

  private static final int HEARTBEAT_LOOKS = 15;
  private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private final PipelineWatch pipeline;
  private final OutputStream out;
  private final CountDownLatch over = new CountDownLatch(1);

  StatusStream(PipelineWatch pipeline, OutputStream out) {
    this.pipeline = pipeline;
    this.out = out;
  }

  @Override
  public void run(BooleanSupplier open) throws IOException, InterruptedException {
    PipelineStatus last = null;
    int quiet = 0;
    do {
      PipelineStatus now = pipeline.now();
      if (!now.equals(last)) {
        out.write(
            "event: Status\ndata: %s\n\n".formatted(json(now)).getBytes(StandardCharsets.UTF_8));
        last = now;
        quiet = 0;
      } else if (++quiet % HEARTBEAT_LOOKS == 0) {
        out.write(HEARTBEAT);
      }
      out.flush();
    } while (!over.await(1, TimeUnit.SECONDS) && open.getAsBoolean());
  }

  @Override
  public void wake() {
    over.countDown();
  }

  private static String json(@Nullable Object status) {
    try {
      return Answer.JSON.writeValueAsString(status);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a status cannot be written as JSON", e);
    }
  }
}
