package io.engram.ingest.domain;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.FormatChoice;
import io.engram.ingest.kafka.MapGroupStore;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Rejected;
import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Grouper} with everything around it in memory, and a clock that the test moves. */
final class GroupingRig implements GroupOutput {

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record RejectedExample(byte @Nullable [] value, Rejected rejected) {}

  private static final ExampleDecoder AVRO = ExampleFormats.open(FormatChoice.avro());

  final List<Task> tasks = new ArrayList<>();
  final List<RejectedExample> rejected = new ArrayList<>();
  final MapGroupStore store = new MapGroupStore();
  final PartitionCounts counts = new PartitionCounts();
  private final IngestRules rules;
  private final DecodedRoom room;
  private Grouper grouper;
  private ExampleDecoder decoder = AVRO;
  private long now = 1_000_000;
  private long offset;
  private int decoded;

  GroupingRig(IngestRules rules) {
    this(rules, new DecodedRoom(1 << 20));
  }

  /** With so much room for decoded examples. */
  GroupingRig(IngestRules rules, DecodedRoom room) {
    this.rules = rules;
    this.room = room;
    this.grouper = grouper();
  }

  private Grouper grouper() {
    return new Grouper(
        rules,
        new Grouper.Reading(this::decode, room, ForgottenKeys.NONE),
        new Grouper.Source("examples", 3),
        store,
        this,
        counts,
        now);
  }

  static IngestRules config() {
    return IngestRules.defaults();
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
    grouper.accept(new InputRecord(keyBytes, value, List.of(), offset++, eventTime), now);
  }

  private ExampleDecoder.Decoded decode(ExampleRecord record) {
    decoded++;
    return decoder.decode(record);
  }

  /** How often bytes were decoded. */
  int decoded() {
    return decoded;
  }

  /** A process that takes over what this one's store holds. */
  void restart() {
    grouper.close();
    grouper = grouper();
  }

  /** From now on. */
  void decodeWith(ExampleDecoder other) {
    decoder = other;
  }

  void pass(long millis) {
    now += millis;
    grouper.closeIdle(now);
  }

  void end() {
    grouper.closeAll(now);
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
  public void task(Task task, Optional<TraceContext> trace) {
    tasks.add(task);
  }

  @Override
  public void rejected(
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers,
      long timestamp,
      Rejected reason) {
    rejected.add(new RejectedExample(value, reason));
  }
}
