package io.engram.predict.kafka;

import io.engram.ingest.domain.ExampleCheck;
import io.engram.ingest.domain.Grouper;
import io.engram.ingest.domain.InputRecord;
import io.engram.ingest.domain.Refusal;
import io.engram.ingest.kafka.KafkaInput;
import io.engram.predict.domain.Answering;
import io.engram.predict.domain.PredictOutput;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.LateLabel;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.servicekit.log.CountedLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The {@link Answering} of one partition inside Kafka Streams: its records, stores, clock and sinks. */
final class PredictProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final CountedLog LOG =
      CountedLog.to(LoggerFactory.getLogger(PredictProcessor.class));
  private static final Duration TICK = Duration.ofMillis(100);

  private final Predicting predicting;
  private final String examples;
  private final String labels;
  private @Nullable Running running;

  /**
   * @param examples name of the topic of examples
   * @param labels name of the topic of labels
   */
  PredictProcessor(Predicting predicting, String examples, String labels) {
    this.predicting = predicting;
    this.examples = examples;
    this.labels = labels;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    Running started = new Running(context);
    running = started;
    predicting.counters().add(started.partition, started.stored.counts());
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, started::tick);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    running().process(record);
  }

  @Override
  public void close() {
    Running closing = running();
    predicting.counters().remove(closing.partition, closing.stored.counts());
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("init comes before anything else");
    }
    return running;
  }

  /** Everything that exists from init to close. */
  private final class Running implements PredictOutput {
    private final ProcessorContext<byte[], byte[]> context;
    private final int partition;
    private final StoredLiveCounts stored;
    private final ExampleCheck check;
    private final Answering answering;

    Running(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      this.partition = context.taskId().partition();
      KeyValueStore<byte[], byte[]> memory = context.getStateStore(KafkaPredictStore.MEMORY);
      this.stored = new StoredLiveCounts(memory);
      Reading reading = predicting.reading();
      String name = reading.withoutKey();
      this.check =
          new ExampleCheck(
              reading.rules(),
              name.isEmpty() ? "" : name + "-" + partition,
              reading.decoder(),
              new Grouper.Source(examples, partition));
      this.answering =
          new Answering(
              predicting.rules(),
              predicting.answerer(),
              new KafkaPredictStore(memory),
              this,
              stored.counts());
    }

    void process(Record<byte[], byte[]> record) {
      RecordMetadata at =
          context
              .recordMetadata()
              .orElseThrow(() -> new IllegalStateException("a record of a topic has an offset"));
      if (at.topic().equals(labels)) {
        label(record);
      } else if (record.key() != null || record.value() != null) {
        example(record, at);
      }
      stored.save();
    }

    private void example(Record<byte[], byte[]> record, RecordMetadata at) {
      InputRecord input = KafkaInput.of(record, at, examples);
      ExampleCheck.Verdict verdict = check.check(input);
      if (verdict instanceof ExampleCheck.Verdict.Accepted accepted) {
        if (!forgotten(accepted.key())) {
          answering.labeled(
              accepted.key(), accepted.example(), PartitionHeader.stands(record.headers()));
        }
      } else if (verdict instanceof ExampleCheck.Verdict.Asked asked && !forgotten(asked.key())) {
        answering.asked(
            asked.key(),
            asked.question(),
            new Answering.Place(at.topic(), partition, at.offset(), trace(record)),
            asked.record().timestamp(),
            check.features(asked.question().getFeatures()).map(Refusal::reason).orElse(null),
            context.currentSystemTimeMs());
      }
      // What is neither is ingest's to reject.
    }

    private void label(Record<byte[], byte[]> record) {
      if (record.value() == null) {
        return;
      }
      try {
        LateLabel late = Wire.lateLabel().decode(record.value());
        if (record.key() == null || record.key().length == 0) {
          unreadable("it has no key, expected the task key of its question", record);
        } else {
          String key = new String(record.key(), StandardCharsets.UTF_8);
          if (!forgotten(key)) {
            answering.late(key, late, trace(record), context.currentSystemTimeMs());
          }
        }
      } catch (WireException e) {
        unreadable(String.valueOf(e.getMessage()), record);
      }
    }

    private static @Nullable TraceContext trace(Record<byte[], byte[]> record) {
      return TraceHeaders.read(record.headers()).orElse(null);
    }

    private void unreadable(String why, Record<byte[], byte[]> record) {
      answering.unreadableLabel();
      LOG.warn(
          "unreadable label",
          "a record of {} at time {} is no label and was passed over: {}",
          labels,
          record.timestamp(),
          why);
    }

    private boolean forgotten(String key) {
      return predicting.reading().forgotten().contains(key.getBytes(StandardCharsets.UTF_8));
    }

    void tick(long now) {
      answering.tick(now);
      stored.save();
    }

    @Override
    public void answer(String key, Answer answer, @Nullable TraceContext trace) {
      RecordHeaders headers = headers(trace);
      context.forward(
          new Record<>(
              key.getBytes(StandardCharsets.UTF_8),
              Wire.answer().encode(answer),
              answer.getAnsweredAt().toEpochMilli(),
              headers),
          PredictTopology.PREDICTIONS_SINK);
    }

    @Override
    public void labeled(
        String key, LabeledExample example, long time, @Nullable TraceContext trace) {
      RecordHeaders headers = headers(trace);
      PartitionHeader.set(headers, partition);
      context.forward(
          new Record<>(
              key.getBytes(StandardCharsets.UTF_8),
              Wire.labeledExample().encode(example),
              time,
              headers),
          PredictTopology.EXAMPLES_SINK);
    }

    private static RecordHeaders headers(@Nullable TraceContext trace) {
      RecordHeaders headers = new RecordHeaders();
      if (trace != null) {
        TraceHeaders.write(headers, trace);
      }
      return headers;
    }
  }
}
