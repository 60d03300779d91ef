package io.engram.ingest.kafka;

import io.engram.ingest.domain.GroupOutput;
import io.engram.ingest.domain.Grouper;
import io.engram.ingest.domain.InputRecord;
import io.engram.ingest.domain.KeyPlaces;
import io.engram.ingest.domain.RecordHeader;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Rejected;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Task;
import io.engram.schemas.kafka.EndOfSource;
import io.engram.schemas.kafka.Husk;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.servicekit.log.CountedLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The {@link Grouper} of one partition inside Kafka Streams: its records, stores, clock and sinks. */
final class GroupingProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final CountedLog LOG =
      CountedLog.to(LoggerFactory.getLogger(GroupingProcessor.class));
  private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
  private static final Duration SHORTEST_TICK = Duration.ofMillis(20);
  private static final Duration FORGETTING = Duration.ofHours(1);
  private static final long LOOK_SHARE = 20;
  private static final long NANOS_A_MILLI = 1_000_000;

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
    private final String topic;
    private final StoredCounts stored;
    private final Grouper grouper;
    private final ForgottenKeys forgotten;
    private final RejectedSink sink;
    private final KeyPlaces places;
    private long nextLook = Long.MIN_VALUE;

    Running(Grouping grouping, String topic, ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      this.topic = topic;
      this.partition = context.taskId().partition();
      this.forgotten = grouping.forgotten();
      this.places = grouping.counters().places();
      this.stored = new StoredCounts(context.getStateStore(IngestTopology.COUNTS));
      this.sink = new RejectedSink(grouping.rules().rejection(), context, stored.counts());
      this.grouper =
          new Grouper(
              grouping.rules(),
              new Grouper.Reading(grouping.decoder(), grouping.room(), grouping.forgotten()),
              new Grouper.Source(topic, partition),
              new KafkaGroupStore(context, grouping.rules().grouping()),
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
      RecordMetadata at =
          context
              .recordMetadata()
              .orElseThrow(() -> new IllegalStateException("a record of a topic has an offset"));
      InputRecord input = KafkaInput.of(record, at, topic);
      lookAtPlace(record.key());
      if (forgotten.contains(record.key())) {
        grouper.refuseForgotten(input);
      } else {
        grouper.accept(input, context.currentSystemTimeMs());
      }
    }

    private void lookAtPlace(byte @Nullable [] key) {
      if (key == null) {
        return;
      }
      OptionalInt other = places.note(key, partition);
      if (other.isPresent()) {
        LOG.warn(
            "key in two partitions",
            "the key {} came in partition {} and in partition {} before: its producers have different partitioners (Java: murmur2, librdkafka: CRC32 unless partitioner=murmur2_random), and its tasks are made of halves",
            new String(key, StandardCharsets.UTF_8),
            partition,
            other.getAsInt());
      }
    }

    void closeIdle(long now) {
      if (now < nextLook) {
        return;
      }
      long began = System.nanoTime();
      grouper.closeIdle(now);
      stored.save();
      // Looking at very many keys that wait must not take more than a little of the thread's time.
      nextLook = now + LOOK_SHARE * (System.nanoTime() - began) / NANOS_A_MILLI;
    }

    void forgetKeys(long now) {
      grouper.forgetKeys(now);
      stored.save();
    }

    @Override
    public void task(Task task, Optional<TraceContext> trace) {
      Record<byte[], byte[]> record =
          new Record<>(
              task.getTaskKey().getBytes(StandardCharsets.UTF_8),
              Wire.task().encode(task),
              task.getClosedAt().toEpochMilli());
      trace.ifPresent(it -> TraceHeaders.write(record.headers(), it));
      context.forward(record, IngestTopology.TASKS_SINK);
    }

    @Override
    public void rejected(
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RecordHeader> headers,
        long timestamp,
        Rejected rejected) {
      sink.take(key, value, headers, timestamp, rejected);
    }
  }
}
