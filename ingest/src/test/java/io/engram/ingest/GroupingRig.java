package io.engram.ingest;

import io.engram.schemas.Rejected;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Task;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A {@link Grouper} with everything around it in memory, and a clock that the test moves. */
final class GroupingRig implements GroupOutput {

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record RejectedExample(byte @Nullable [] value, Rejected rejected) {}

  final List<Task> tasks = new ArrayList<>();
  final List<RejectedExample> rejected = new ArrayList<>();
  final MapGroupStore store = new MapGroupStore();
  final PartitionCounts counts = new PartitionCounts();
  private final Grouper grouper;
  private long now = 1_000_000;
  private long offset;

  GroupingRig(IngestConfig config) {
    grouper = new Grouper(config, "examples", 3, store, this, counts, now);
  }

  static IngestConfig config() {
    return IngestConfig.defaults(Path.of("unused"));
  }

  void send(String key, LabeledExample example) {
    send(key, Examples.bytes(example), now);
  }

  void send(String key, LabeledExample example, long eventTime) {
    send(key, Examples.bytes(example), eventTime);
  }

  void send(@Nullable String key, byte @Nullable [] value) {
    send(key, value, now);
  }

  private void send(@Nullable String key, byte @Nullable [] value, long eventTime) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    grouper.accept(new InputRecord(keyBytes, value, new RecordHeaders(), offset++, eventTime), now);
  }

  void pass(long millis) {
    now += millis;
    grouper.closeIdle(now);
  }

  void forget() {
    grouper.forgetKeys(now);
  }

  long now() {
    return now;
  }

  List<String> reasons() {
    return rejected.stream().map(one -> one.rejected().reason()).toList();
  }

  @Override
  public void task(Task task) {
    tasks.add(task);
  }

  @Override
  public void rejected(
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers,
      long timestamp,
      Rejected reason) {
    rejected.add(new RejectedExample(value, reason));
  }
}
