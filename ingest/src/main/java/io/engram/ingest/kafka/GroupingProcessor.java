package io.engram.ingest.kafka;

import io.engram.ingest.domain.GroupOutput;
import io.engram.ingest.domain.Grouper;
import io.engram.ingest.domain.InputRecord;
import io.engram.ingest.domain.RecordHeader;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Rejected;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Task;
import io.engram.schemas.kafka.EndOfSource;
import io.engram.schemas.kafka.Husk;
import io.engram.schemas.kafka.RejectedHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The {@link Grouper} of one partition inside Kafka Streams: its records, stores, clock and sinks. */
final class GroupingProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
  private static final Duration SHORTEST_TICK = Duration.ofMillis(20);
  private static final Duration FORGETTING = Duration.ofHours(1);

  private final Grouping grouping;
  private final String topic;
  private @Nullable Running running;

  GroupingProcessor(Grouping grouping, String topic) {
    this.grouping = grouping;
    this.topic = topic;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    Running started = new Running(grouping, topic, context);
    running = started;
    grouping.counters().add(started.partition, started.stored.counts());
    context.schedule(tick(), PunctuationType.WALL_CLOCK_TIME, started::closeIdle);
    context.schedule(FORGETTING, PunctuationType.WALL_CLOCK_TIME, started::forgetKeys);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    running().process(record);
  }

  @Override
  public void close() {
    Running closing = running();
    grouping.counters().remove(closing.partition, closing.stored.counts());
    closing.grouper.close();
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("init comes before anything else");
    }
    return running;
  }

  /** Often enough to see the silence soon after it was long enough. */
  private Duration tick() {
    Duration quarter = grouping.rules().grouping().idle().dividedBy(4);
    if (quarter.compareTo(LONGEST_TICK) > 0) {
      return LONGEST_TICK;
    }
    return quarter.compareTo(SHORTEST_TICK) < 0 ? SHORTEST_TICK : quarter;
  }

  /** Everything that exists from init to close. */
  private static final class Running implements GroupOutput {
    private final ProcessorContext<byte[], byte[]> context;
    private final int partition;
    private final StoredCounts stored;
    private final Grouper grouper;
    private final ForgottenKeys forgotten;

    Running(Grouping grouping, String topic, ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      this.partition = context.taskId().partition();
      this.forgotten = grouping.forgotten();
      this.stored = new StoredCounts(context.getStateStore(IngestTopology.COUNTS));
      this.grouper =
          new Grouper(
              grouping.rules(),
              grouping.decoder(),
              grouping.room(),
              new Grouper.Source(topic, partition),
              new KafkaGroupStore(context),
              this,
              stored.counts(),
              context.currentSystemTimeMs());
    }

    void process(Record<byte[], byte[]> record) {
      if (EndOfSource.read(record.key(), record.value(), record.headers()).isPresent()) {
        end(record);
      } else if (Husk.is(record.key(), record.value(), record.headers())) {
        grouper.husk();
      } else {
        accept(record);
      }
      stored.save();
    }

    @SuppressWarnings("NullAway") // the end of a source has no key; Record does not say so
    private void end(Record<byte[], byte[]> record) {
      grouper.closeAll(context.currentSystemTimeMs());
      context.forward(
          new Record<>(null, EndOfSource.value(), record.timestamp(), record.headers()),
          IngestTopology.TASKS_SINK);
    }

    private void accept(Record<byte[], byte[]> record) {
      long offset =
          context
              .recordMetadata()
              .orElseThrow(() -> new IllegalStateException("a record of a topic has an offset"))
              .offset();
      InputRecord input =
          new InputRecord(
              record.key(),
              record.value(),
              KafkaHeaders.of(record.headers()),
              offset,
              record.timestamp());
      if (forgotten.contains(record.key())) {
        grouper.refuseForgotten(input);
      } else {
        grouper.accept(input, context.currentSystemTimeMs());
      }
    }

    void closeIdle(long now) {
      grouper.closeIdle(now);
      stored.save();
    }

    void forgetKeys(long now) {
      grouper.forgetKeys(now);
    }

    @Override
    public void task(Task task) {
      context.forward(
          new Record<>(
              task.getTaskKey().getBytes(StandardCharsets.UTF_8),
              Wire.task().encode(task),
              task.getClosedAt().toEpochMilli()),
          IngestTopology.TASKS_SINK);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's records may lack key or value; Record does not say so
    public void rejected(
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RecordHeader> headers,
        long timestamp,
        Rejected rejected) {
      Headers withReason = KafkaHeaders.of(headers);
      RejectedHeaders.write(withReason, rejected);
      context.forward(
          new Record<>(key, value, timestamp, withReason), IngestTopology.REJECTED_SINK);
    }
  }
}
