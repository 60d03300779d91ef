package io.engram.modelregistry;

import io.engram.modelregistry.agent.CandidateExaminer;
import io.engram.modelregistry.gate.ParameterRetention;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A registry in a process of its own that halts, as kill -9 does, where it is about to take a certain step for the n-th time.
 *
 * <p>Arguments: bootstrap servers, topic prefix, directory, {@link Step}, n. Ends with exit status {@link #HALTED}.
 */
public final class DoomedRegistry {

  static final int HALTED = 86;

  /** What a registry does with a candidate, in this order. */
  enum Step {
    /** Candidates were fetched, nothing is done with them. */
    READ,
    /** A candidate is judged; its parameters are not on disk. */
    JUDGE,
    /** A record of the transaction is handed to the producer. */
    SEND,
    /** A record of the transaction is in the log, uncommitted. */
    ACKNOWLEDGED,
    /** The transaction is committed; subscribers have it, this process has not acted on it. */
    COMMITTED
  }

  private static volatile @Nullable Step last;
  private static int left;

  private DoomedRegistry() {}

  public static void main(String[] args) throws InterruptedException {
    RegistryService registry =
        RegistryService.start(
            RegistryConfig.in(Path.of(args[2]))
                .withPromotion(PromotionPolicy.parse("always"))
                .withRetention(new ParameterRetention(2, 1)),
            new Topics(args[1]),
            Map.of("bootstrap.servers", args[0], "interceptor.classes", Halter.class.getName()),
            new SimpleMeterRegistry(),
            CandidateExaminer.NONE,
            new DoomedClock());
    var unused = registry.onChange(image -> reached(Step.COMMITTED));
    doom(Step.valueOf(args[3]), Integer.parseInt(args[4]));
    registry.termination().join();
  }

  private static synchronized void doom(Step step, int count) {
    left = count;
    last = step;
  }

  private static synchronized void reached(Step step) {
    if (step == last && --left == 0) {
      Runtime.getRuntime().halt(HALTED);
    }
  }

  private static final class DoomedClock extends Clock {

    private final Clock clock = Clock.systemUTC();

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return clock.withZone(zone);
    }

    @Override
    public Instant instant() {
      reached(Step.JUDGE);
      return clock.instant();
    }
  }

  /** Kafka makes it, for producers and consumers alike. */
  public static final class Halter
      implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      reached(Step.READ);
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
      // The registry commits no offsets.
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
      reached(Step.SEND);
      return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception problem) {
      reached(Step.ACKNOWLEDGED);
    }

    @Override
    public void close() {
      // Holds nothing.
    }

    @Override
    public void configure(Map<String, ?> configs) {
      // Takes its orders from the command line.
    }
  }
}
