package io.engram.ingest;

import io.engram.schemas.Rejected;
import io.engram.schemas.avro.Task;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Where grouping's results go. */
interface GroupOutput {

  void task(Task task);

  /** A rejected example, byte for byte as it came. */
  void rejected(
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers,
      long timestamp,
      Rejected rejected);
}
