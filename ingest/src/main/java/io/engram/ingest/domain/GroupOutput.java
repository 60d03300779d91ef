package io.engram.ingest.domain;

import io.engram.schemas.Rejected;
import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.Task;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where grouping's results go.
 *
 * <p><b>Threading:</b> the partition's thread only. <b>Durability:</b> what is handed over becomes visible together with what the {@link
 * GroupStore} keeps and the position in the log, or not at all. <b>Idempotence:</b> none needed: what did not become durable is decided
 * again from the log.
 */
public interface GroupOutput {

  /**
   * A task that is closed.
   *
   * @param trace whose work led to it: that of its last example that says so, with links to those of the others
   */
  void task(Task task, Optional<TraceContext> trace);

  /** A rejected example, byte for byte as it came. */
  void rejected(
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers,
      long timestamp,
      Rejected rejected);
}
